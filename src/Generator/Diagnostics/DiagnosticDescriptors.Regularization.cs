using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Dropout of weights, penalties, smoothing.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor TwoRecurrentDropouts = new(
        "SDC0138",
        "A layer drops its previous state and its recurrent weights",
        "'{0}' has RecurrentDropout and WeightDropout, which both drop what the layer reads of its previous step; remove one of them",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0138");
}
