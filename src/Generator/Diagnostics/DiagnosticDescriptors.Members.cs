using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: what is wrong with a property that stands for a layer or a dimension.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor TwoAttributes = new(
        "SDC0020",
        "A property has two layer attributes",
        "'{1}' of model '{0}' has both [{2}] and [{3}]; remove one, because a property is one layer",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0020");

    public static readonly DiagnosticDescriptor PropertyNotPartial = new(
        "SDC0021",
        "The property of a layer is not partial",
        "'{1}' of model '{0}' is not partial; write 'public partial {2} {1} {{ get; }}', because its value is generated",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0021");

    public static readonly DiagnosticDescriptor PropertyStatic = new(
        "SDC0022",
        "The property of a layer is static",
        "'{1}' of model '{0}' is static; remove 'static', because every model object has its own weights",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0022");

    public static readonly DiagnosticDescriptor PropertyNotGetOnly = new(
        "SDC0023",
        "The property of a layer has more than a getter",
        "'{1}' of model '{0}' has '{2}'; write '{{ get; }}' alone, because the generated constructor decides its value",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0023");

    public static readonly DiagnosticDescriptor PropertyIndexer = new(
        "SDC0024",
        "A layer attribute stands on an indexer",
        "An indexer of model '{0}' has [{1}]; write a property with a name: 'public partial {2} Name {{ get; }}'",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0024");

    public static readonly DiagnosticDescriptor PropertyImplemented = new(
        "SDC0025",
        "The property of a layer is already implemented",
        "'{1}' of model '{0}' already has an implementing part; remove it, because it is generated",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0025");

    public static readonly DiagnosticDescriptor PropertyType = new(
        "SDC0026",
        "The property of a layer has another type",
        "'{1}' of model '{0}' has type '{2}', but [{3}] needs '{4}'; change the type, or the attribute",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0026");

    public static readonly DiagnosticDescriptor ModelAttributeMissing = new(
        "SDC0027",
        "A layer is declared outside a model",
        "'{1}' has [{2}], but class '{0}' has no [StructuredDropoutLstm]; add it to the class, or remove [{2}]",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0027");

    public static readonly DiagnosticDescriptor NoLayers = new(
        "SDC0028",
        "The model has no layers",
        "Model '{0}' has no layers; declare at least an input, such as [Embedding] or [Series], and a loss, such as [Softmax] or [Regression], on partial properties",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0028");

    public static readonly DiagnosticDescriptor LayerAttributeMissing = new(
        "SDC0029",
        "A layer has no attribute",
        "'{1}' of model '{0}' is a partial property of type {2} without an attribute; add [{3}] with its arguments, or remove the property",
        "SdCompiler.Members",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0029");
}
