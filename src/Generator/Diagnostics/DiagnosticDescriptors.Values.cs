using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: arguments that are out of range or have no effect.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor SizeOutOfRange = new(
        "SDC0040",
        "A size is out of range",
        "{1} of '{0}' is {2}; use a whole number from {3} to {4}",
        "SdCompiler.Values",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0040");

    public static readonly DiagnosticDescriptor RateOutOfRange = new(
        "SDC0041",
        "A dropout rate is out of range",
        "{1} of '{0}' is {2}; use a value from 0 up to, not including, 1",
        "SdCompiler.Values",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0041");

    public static readonly DiagnosticDescriptor InitialRangeOutOfRange = new(
        "SDC0042",
        "The range of the initialiser is out of range",
        "InitialRange of '{0}' is {1}; use a finite number above 0, such as 0.1",
        "SdCompiler.Values",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0042");

    public static readonly DiagnosticDescriptor ForgetBiasOutOfRange = new(
        "SDC0043",
        "The forget gate's bias is not finite",
        "ForgetBias of '{0}' is {1}; use a finite number, such as 1, or leave it out",
        "SdCompiler.Values",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0043");

    public static readonly DiagnosticDescriptor EnumValue = new(
        "SDC0045",
        "A value is no member of its enum",
        "{1} of '{0}' is {2}, which is no {3}; use one of {4}",
        "SdCompiler.Values",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0045");

    public static readonly DiagnosticDescriptor PatternWithoutRate = new(
        "SDC0046",
        "A pattern has no effect",
        "{1} of '{0}' has no effect, because {2} is 0; give {2} a rate, or remove {1}",
        "SdCompiler.Values",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0046");

    public static readonly DiagnosticDescriptor InitialRangeUnused = new(
        "SDC0047",
        "An initial range has no effect",
        "InitialRange of '{0}' has no effect, because {1}; set Initializer = Initializer.Uniform, or remove InitialRange",
        "SdCompiler.Values",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0047");

    public static readonly DiagnosticDescriptor NoParameters = new(
        "SDC0048",
        "An initialiser has no effect",
        "{1} of '{0}' has no effect, because a {2} layer has no parameters; remove it",
        "SdCompiler.Values",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0048");

    public static readonly DiagnosticDescriptor EvenWindow = new(
        "SDC0053",
        "A window over characters is even",
        "{1} of '{0}' is {2}, which has no middle character; use an odd number, such as {3} or {4}",
        "SdCompiler.Values",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0053");
}
