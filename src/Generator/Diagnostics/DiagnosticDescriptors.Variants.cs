using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: what is wrong with the enum of variants.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor VariantsNotEnum = new(
        "SDC0060",
        "Variants is no enum",
        "Variants of model '{0}' is '{1}', which is no enum; name an enum whose members have [Variant]",
        "SdCompiler.Variants",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0060");

    public static readonly DiagnosticDescriptor VariantsEmpty = new(
        "SDC0061",
        "The variants enum has no members",
        "Variants of model '{0}' is '{1}', which has no members; add members with [Variant]",
        "SdCompiler.Variants",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0061");

    public static readonly DiagnosticDescriptor VariantAttributeMissing = new(
        "SDC0062",
        "A member of the variants enum is no variant",
        "Variants of model '{0}' is '{1}', whose member '{2}' has no [Variant]; add it, or use an enum of variants only",
        "SdCompiler.Variants",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0062");

    public static readonly DiagnosticDescriptor VariantsLessAccessible = new(
        "SDC0063",
        "The variants enum is less accessible than the model",
        "Variants of model '{0}' is '{1}', which is {2} while the model is {3}; make '{1}' as accessible, because CreateTrainer takes it",
        "SdCompiler.Variants",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0063");

    public static readonly DiagnosticDescriptor VariantsEqual = new(
        "SDC0064",
        "Two variants have the same value",
        "Variants of model '{0}' is '{1}', whose members '{2}' and '{3}' are both {4}; give them different values",
        "SdCompiler.Variants",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0064");

    public static readonly DiagnosticDescriptor ClassPatternWithVariants = new(
        "SDC0065",
        "The class chooses a pattern and has variants",
        "{1} of model '{0}' would have no effect, because each variant of '{2}' has its own; set {1} on the variants, and remove it here",
        "SdCompiler.Variants",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0065");
}
