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

    public static readonly DiagnosticDescriptor PenaltyOutOfRange = new(
        "SDC0139",
        "The factor of a penalty is out of range",
        "{1} of '{0}' is {2}; use a finite number above 0, such as 2, or leave it out",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0139");

    public static readonly DiagnosticDescriptor PenaltyOfBothDirections = new(
        "SDC0141",
        "A layer that reads both ways has a penalty",
        "'{0}' has {1} and Direction.Both; penalties are for an LSTM that reads in one direction, so remove one of them",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0141");

    public static readonly DiagnosticDescriptor LabelSmoothingOutOfRange = new(
        "SDC0140",
        "The smoothing of labels is out of range",
        "LabelSmoothing of '{0}' is {1}; use a value from 0 up to, not including, 1, such as 0.1",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0140");
}
