namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>SDC0020-0028.</summary>
internal static class MemberCases
{
    public static readonly DiagnosticCase[] All =
    [
        new("SDC0020", "[Lstm(4), [|Linear(4)|]] public partial LstmLayer Memory { get; }",
            "'Memory' of model 'Model' has both [Lstm] and [Linear]; remove one, because a property is one layer"),
        new("SDC0020", "[Dimension] [[|Lstm(4)|]] public partial int Memory { get; }",
            "'Memory' of model 'Model' has both [Dimension] and [Lstm]; remove one, because a property is one layer"),
        new("SDC0021", "[Lstm(4)] public LstmLayer [|Memory|] { get; } = null!;",
            "'Memory' of model 'Model' is not partial; write 'public partial LstmLayer Memory { get; }', because its value is generated"),
        new("SDC0021", "[Dimension] public int [|Words|] => 3; [Lstm(4)] public partial LstmLayer Memory { get; }",
            "'Words' of model 'Model' is not partial; write 'public partial int Words { get; }', because its value is generated"),
        new("SDC0022", "[Lstm(4)] public [|static|] partial LstmLayer Memory { get; }",
            "'Memory' of model 'Model' is static; remove 'static', because every model object has its own weights"),
        new("SDC0023", "[Lstm(4)] public partial LstmLayer Memory { get; [|private set;|] }",
            "'Memory' of model 'Model' has 'set'; write '{ get; }' alone, because the generated constructor decides its value"),
        new("SDC0023", "[Lstm(4)] public partial LstmLayer Memory { get; [|init;|] }",
            "'Memory' of model 'Model' has 'init'; write '{ get; }' alone, because the generated constructor decides its value"),
        new("SDC0024", "[Lstm(4)] public LstmLayer [|this|][int index] => null!;",
            "An indexer of model 'Model' has [Lstm]; write a property with a name: 'public partial LstmLayer Name { get; }'"),
        new("SDC0024", "[Lstm(4)] public partial LstmLayer [|this|][int index, in string? key] { get; }",
            "An indexer of model 'Model' has [Lstm]; write a property with a name: 'public partial LstmLayer Name { get; }'"),
        new("SDC0025", "[Lstm(4)] public partial LstmLayer Memory { get; } public partial LstmLayer [|Memory|] => null!;",
            "'Memory' of model 'Model' already has an implementing part; remove it, because it is generated"),
        new("SDC0026", "[Lstm(4)] public partial [|LinearLayer|] Memory { get; }",
            "'Memory' of model 'Model' has type 'LinearLayer', but [Lstm] needs 'LstmLayer'; change the type, or the attribute"),
        new("SDC0026", "[Lstm(4)] public partial [|LstmLayer?|] Memory { get; }",
            "'Memory' of model 'Model' has type 'LstmLayer?', but [Lstm] needs 'LstmLayer'; change the type, or the attribute"),
        new("SDC0026", "[Lstm(4)] public partial [|System.Collections.Generic.List<LstmLayer?>|] Memory { get; }",
            "'Memory' of model 'Model' has type 'System.Collections.Generic.List<LstmLayer?>', but [Lstm] needs 'LstmLayer'; change the type, or the attribute"),
        new("SDC0026", "[Dimension] public partial [|long|] Words { get; } [Embedding(nameof(Words), 4)] public partial EmbeddingLayer Text { get; }",
            "'Words' of model 'Model' has type 'long', but [Dimension] needs 'int'; change the type, or the attribute"),
        new("SDC0027", "namespace Demo { public class Model { [[|Lstm|](4)] public LstmLayer Memory { get; } = null!; [Linear(3)] public LinearLayer Head { get; } = null!; } }",
            "'Memory' has [Lstm], but class 'Model' has no [StructuredDropoutLstm]; add it to the class, or remove [Lstm]"),
        new("SDC0028", "[StructuredDropoutLstm] public partial class [|Model|] { }",
            "Model 'Model' has no layers; declare at least an input, such as [Embedding] or [Series], and a loss, such as [Softmax] or [Regression], on partial properties"),
    ];
}
