namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>SDC0001-0017.</summary>
internal static class ClassCases
{
    private const string Body = """

            [Series(8)] public partial SeriesLayer Sensors { get; }
            [Lstm(4)] public partial LstmLayer Memory { get; }
            [Regression(1)] public partial RegressionLayer Load { get; }

        """;

    public static readonly DiagnosticCase[] All =
    [
        new("SDC0001", $"[StructuredDropoutLstm] public class [|Model|] {{{Body}}}",
            "Class 'Model' is not partial; write 'partial class Model', so that its trainer can be generated into it",
            "CS0751 CS9248"),
        new("SDC0002", $"[StructuredDropoutLstm] public partial class Model[|<T, @out>|] where T : class {{{Body}}}",
            "Class 'Model' is generic; remove the type parameters <T, @out>, because code is specialised for one model, not for a family"),
        new("SDC0003", $"[StructuredDropoutLstm] public [|static|] partial class Model {{{Body}}}",
            "Class 'Model' is static; remove 'static', because a model is an object that holds weights",
            "CS0708"),
        new("SDC0004", $"[StructuredDropoutLstm] public [|abstract|] partial class Model {{{Body}}}",
            "Class 'Model' is abstract; remove 'abstract', because Load creates one"),
        new("SDC0005", $"[StructuredDropoutLstm] public partial [|record|] Model {{{Body}}}",
            "'Model' is a record; write 'partial class Model', because a model is its weights and does not compare by value"),
        new("SDC0005", $"[StructuredDropoutLstm] public partial [|record|] class Model(int Size) {{{Body}}}",
            "'Model' is a record; write 'partial class Model', because a model is its weights and does not compare by value"),
        new("SDC0006", $"[StructuredDropoutLstm] public partial class Model[|(int size)|] {{ public int Size => size; {Body}}}",
            "Class 'Model' has a primary constructor; remove the parameters (int size), because the constructor is generated: declare sizes as [Dimension] properties"),
        new("SDC0007", $"[StructuredDropoutLstm] [|file|] partial class Model {{{Body}}}",
            "Class 'Model' is file-local; remove 'file', because its other part is generated into another file",
            "CS9248"),
        new("SDC0007", $"[|file|] partial class Outer {{ [StructuredDropoutLstm] public partial class Model {{{Body}}} }}",
            "Class 'Outer' is file-local; remove 'file', because its other part is generated into another file",
            "CS9248"),
        new("SDC0008", $"public class [|Outer|] {{ [StructuredDropoutLstm] public partial class Model {{{Body}}} }}",
            "Type 'Outer' around model 'Model' is not partial; write 'partial' on 'Outer', or move 'Model' out of it",
            "CS9248"),
        new("SDC0009", $"public partial struct Outer[|<T>|] {{ [StructuredDropoutLstm] public partial class Model {{{Body}}} }}",
            "Type 'Outer' around model 'Model' is generic; move 'Model' out of it, because code is specialised for one model, not for a family"),
        new("SDC0010", $"public partial class Outer {{ [StructuredDropoutLstm] private partial class [|Model|] {{{Body}}} }}",
            "Model 'Model' is not accessible outside 'Outer', because 'Model' is private; make it internal or public, because its trainer is generated outside 'Outer'"),
        new("SDC0010", $"public partial class Outer {{ protected partial class Middle {{ [StructuredDropoutLstm] public partial class [|Model|] {{{Body}}} }} }}",
            "Model 'Model' is not accessible outside 'Outer', because 'Middle' is protected; make it internal or public, because its trainer is generated outside 'Outer'"),
        new("SDC0011", $"[StructuredDropoutLstm] public partial class Model {{ public [|Model|](long other) {{ }} {Body}}}",
            "Constructor Model(long) of model 'Model' is the one that is generated; remove it, or change its parameters"),
        new("SDC0011", $"[StructuredDropoutLstm] public partial class Model {{ internal [|Model|](SdCompiler.Runtime.ModelParameters weights) : this(1) {{ }} {Body}}}",
            "Constructor Model(ModelParameters) of model 'Model' is the one that is generated; remove it, or change its parameters"),
        new("SDC0012", $"[StructuredDropoutLstm] public partial class Model {{ public [|Model|](string path, int? other) {{ }} {Body}}}",
            "Constructor Model(string, int?) of model 'Model' does not call the generated one; add ': this(seed)', or remove it"),
        new("SDC0013", $"public class Base {{ protected Base(int size) {{ }} }} [StructuredDropoutLstm] public partial class Model : [|Base|] {{{Body}}}",
            "Base class 'Base' of model 'Model' has no accessible constructor without parameters; add one, because the generated constructor calls it",
            "CS7036"),
        new("SDC0014", $"[StructuredDropoutLstm] public partial class Model {{ public required string [|Title|] {{ get; init; }} {Body}}}",
            "Member 'Title' of model 'Model' is required; remove 'required' and give it a default, because Load could not set it"),
        new("SDC0014", $"public class Base {{ public required int Size; }} [StructuredDropoutLstm] public partial class Model : [|Base|] {{{Body}}}",
            "Member 'Size' of model 'Model' is required; remove 'required' and give it a default, because Load could not set it"),
        new("SDC0015", "[Lstm(4)] public partial LstmLayer [|Trainer|] { get; }",
            "Member 'Trainer' of model 'Model' has the name of a generated member; rename it"),
        new("SDC0015", "[Lstm(4)] public partial LstmLayer Memory { get; } public void [|Save|]() { }",
            "Member 'Save' of model 'Model' has the name of a generated member; rename it"),
        new("SDC0015", "[Lstm(4)] public partial LstmLayer Memory { get; } private readonly int [|__Memory|] = 3;",
            "Member '__Memory' of model 'Model' has the name of a generated member; rename it"),
        new("SDC0015", "[Dimension] public partial int [|Seed|] { get; } [Embedding(nameof(Seed), 4)] public partial EmbeddingLayer Words { get; }",
            "Member 'Seed' of model 'Model' has the name of a generated member; rename it"),
        new("SDC0015", "[Series(2)] public partial SeriesLayer [|Targets|] { get; }",
            "Member 'Targets' of model 'Model' has the name of a generated member; rename it"),
        new("SDC0016", $"public class Base {{ protected int Plan; private int Load; }} [StructuredDropoutLstm] public partial class Model : [|Base|] {{{Body.Replace("Load", "Out", System.StringComparison.Ordinal)}}}",
            "Member 'Plan', which model 'Model' inherits from 'Base', has the name of a generated member; rename it there, or remove the base class"),
        new("SDC0017", "[Lstm(4)] public partial LstmLayer Memory { get; } [Lstm(4)] public partial LstmLayer [|MEMORY|] { get; }",
            "Members 'Memory' and 'MEMORY' of model 'Model' differ only in case; rename one of them, because generated parameters and files could not tell them apart"),
    ];
}
