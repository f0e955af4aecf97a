using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: encoder and decoder.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor WrongKind = new(
        "SDC0132",
        "A layer of another kind is named",
        "{1} of '{0}' is '{2}', which is [{3}]; {4}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0132");

    public static readonly DiagnosticDescriptor EncoderDiffers = new(
        "SDC0133",
        "An encoder does not fit its decoder",
        "{1} of '{0}' is '{2}', which has {3}, but '{4}' has {5}; make them equal{6}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0133");

    public static readonly DiagnosticDescriptor FeedbackElsewhere = new(
        "SDC0134",
        "Feedback names something else than the attention below",
        "Feedback of '{0}' is '{1}', {2}; name the [Attention] that is declared right below '{0}' and reads it",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0134");

    public static readonly DiagnosticDescriptor SidesMixed = new(
        "SDC0135",
        "Encoder and decoder do not make a model",
        "Model '{0}' is an encoder-decoder, but {1}; {2}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0135");

    public static readonly DiagnosticDescriptor PredictsElsewhere = new(
        "SDC0136",
        "Predicts does not name the input of the target side",
        "Predicts of '{0}' is '{1}', {2}; {3}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0136");
}
