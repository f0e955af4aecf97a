using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: what is wrong with the class itself.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor ClassNotPartial = new(
        "SDC0001",
        "The class is not partial",
        "Class '{0}' is not partial; write 'partial class {0}', so that its trainer can be generated into it",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0001");

    public static readonly DiagnosticDescriptor ClassGeneric = new(
        "SDC0002",
        "The class is generic",
        "Class '{0}' is generic; remove the type parameters {1}, because code is specialised for one model, not for a family",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0002");

    public static readonly DiagnosticDescriptor ClassStatic = new(
        "SDC0003",
        "The class is static",
        "Class '{0}' is static; remove 'static', because a model is an object that holds weights",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0003");

    public static readonly DiagnosticDescriptor ClassAbstract = new(
        "SDC0004",
        "The class is abstract",
        "Class '{0}' is abstract; remove 'abstract', because Load creates one",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0004");

    public static readonly DiagnosticDescriptor ClassRecord = new(
        "SDC0005",
        "The class is a record",
        "'{0}' is a record; write 'partial class {0}', because a model is its weights and does not compare by value",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0005");

    public static readonly DiagnosticDescriptor PrimaryConstructor = new(
        "SDC0006",
        "The class has a primary constructor",
        "Class '{0}' has a primary constructor; remove the parameters {1}, because the constructor is generated: declare sizes as [Dimension] properties",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0006");

    public static readonly DiagnosticDescriptor ClassFileLocal = new(
        "SDC0007",
        "The class is file-local",
        "Class '{0}' is file-local; remove 'file', because its other part is generated into another file",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0007");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "SDC0008",
        "A type around the class is not partial",
        "Type '{1}' around model '{0}' is not partial; write 'partial' on '{1}', or move '{0}' out of it",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0008");

    public static readonly DiagnosticDescriptor ContainingTypeGeneric = new(
        "SDC0009",
        "A type around the class is generic",
        "Type '{1}' around model '{0}' is generic; move '{0}' out of it, because code is specialised for one model, not for a family",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0009");

    public static readonly DiagnosticDescriptor ClassNotAccessible = new(
        "SDC0010",
        "The class is less accessible than internal",
        "Model '{0}' is not accessible outside '{1}', because '{2}' is {3}; make it internal or public, because its trainer is generated outside '{1}'",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0010");

    public static readonly DiagnosticDescriptor ConstructorClashes = new(
        "SDC0011",
        "A constructor clashes with the generated one",
        "Constructor {0}({1}) of model '{0}' is the one that is generated; remove it, or change its parameters",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0011");

    public static readonly DiagnosticDescriptor ConstructorDoesNotChain = new(
        "SDC0012",
        "A constructor leaves the layers without weights",
        "Constructor {0}({1}) of model '{0}' does not call the generated one; add ': this({2})', or remove it",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0012");

    public static readonly DiagnosticDescriptor BaseConstructorMissing = new(
        "SDC0013",
        "The base class has no constructor without parameters",
        "Base class '{1}' of model '{0}' has no accessible constructor without parameters; add one, because the generated constructor calls it",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0013");

    public static readonly DiagnosticDescriptor RequiredMember = new(
        "SDC0014",
        "The class has a required member",
        "Member '{1}' of model '{0}' is required; remove 'required' and give it a default, because Load could not set it",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0014");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "SDC0015",
        "A member has the name of a generated one",
        "Member '{1}' of model '{0}' has the name of a generated member; rename it",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0015");

    public static readonly DiagnosticDescriptor InheritedNameTaken = new(
        "SDC0016",
        "An inherited member has the name of a generated one",
        "Member '{1}', which model '{0}' inherits from '{2}', has the name of a generated member; rename it there, or remove the base class",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0016");

    public static readonly DiagnosticDescriptor NamesDifferOnlyInCase = new(
        "SDC0017",
        "Two members differ only in case",
        "Members '{1}' and '{2}' of model '{0}' differ only in case; rename one of them, because generated parameters and files could not tell them apart",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0017");

    public static readonly DiagnosticDescriptor SplitOverFiles = new(
        "SDC0018",
        "The layers are split over two files",
        "'{1}' of model '{0}' is declared in '{2}' while '{3}' is declared in '{4}'; move all layers and dimensions into one file, because C# gives files no order and layers have one",
        "SdCompiler.Class",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0018");
}
