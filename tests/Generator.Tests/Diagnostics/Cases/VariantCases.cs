namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>SDC0060-0065.</summary>
internal static class VariantCases
{
    private const string Rest = """
         public partial class Model
        {
            [Series(8)] public partial SeriesLayer Sensors { get; }
            [Lstm(4, InputDropout = 0.5)] public partial LstmLayer Memory { get; }
            [Regression(1)] public partial RegressionLayer Load { get; }
        }
        """;

    public static readonly DiagnosticCase[] All =
    [
        new("SDC0060", "[StructuredDropoutLstm([|Variants = typeof(string)|])]" + Rest,
            "Variants of model 'Model' is 'string', which is no enum; name an enum whose members have [Variant]"),
        new("SDC0060", "[StructuredDropoutLstm([|Variants = typeof(System.Collections.Generic.List<>.Enumerator)|])]" + Rest,
            "Variants of model 'Model' is 'List<>.Enumerator', which is no enum; name an enum whose members have [Variant]"),
        new("SDC0060", "public class Outer<T> { public enum Kind { [Variant] One } } [StructuredDropoutLstm([|Variants = typeof(Outer<>.Kind)|])]" + Rest,
            "Variants of model 'Model' is 'Outer<>.Kind', which is no enum; name an enum whose members have [Variant]"),
        new("SDC0061", "public enum Kind { } [StructuredDropoutLstm([|Variants = typeof(Kind)|])]" + Rest,
            "Variants of model 'Model' is 'Kind', which has no members; add members with [Variant]"),
        new("SDC0062", "public enum Kind { [Variant] One, Two } [StructuredDropoutLstm([|Variants = typeof(Kind)|])]" + Rest,
            "Variants of model 'Model' is 'Kind', whose member 'Two' has no [Variant]; add it, or use an enum of variants only"),
        new("SDC0063", "internal enum Kind { [Variant] One } [StructuredDropoutLstm([|Variants = typeof(Kind)|])]" + Rest,
            "Variants of model 'Model' is 'Kind', which is internal while the model is public; make 'Kind' as accessible, because CreateTrainer takes it"),
        new("SDC0063", "file enum Kind { [Variant] One } [StructuredDropoutLstm([|Variants = typeof(Kind)|])]" + Rest,
            "Variants of model 'Model' is 'Kind', which is file-local while the model is public; make 'Kind' as accessible, because CreateTrainer takes it"),
        new("SDC0064", "public enum Kind { [Variant] One = 1, [Variant] Two, [Variant] Uno = 1 } [StructuredDropoutLstm([|Variants = typeof(Kind)|])]" + Rest,
            "Variants of model 'Model' is 'Kind', whose members 'One' and 'Uno' are both 1; give them different values"),
        new("SDC0065", "public enum Kind { [Variant] One } [StructuredDropoutLstm(Variants = typeof(Kind), [|Pattern = DropoutPattern.Random|])]" + Rest,
            "Pattern of model 'Model' would have no effect, because each variant of 'Kind' has its own; set Pattern on the variants, and remove it here"),
        new("SDC0065", "public enum Kind { [Variant] One } [StructuredDropoutLstm(Variants = typeof(Kind), [|Sampling = MaskSampling.FixedCount|])]" + Rest,
            "Sampling of model 'Model' would have no effect, because each variant of 'Kind' has its own; set Sampling on the variants, and remove it here"),
    ];
}
