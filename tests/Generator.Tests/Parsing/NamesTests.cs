using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Parsing;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Parsing;

/// <summary>What is unusual but right must compile, without a warning.</summary>
public sealed class NamesTests
{
    private const string Layers = """
        [Series(8)] public partial SeriesLayer Sensors { get; }
        [Lstm(4)] public partial LstmLayer Memory { get; }
        [Regression(1)] public partial RegressionLayer Forecast { get; }
        """;

    /// <summary>A member that the base classes of a batch get must become a reserved name of inputs.</summary>
    [Fact]
    public void Names_of_a_batch_are_reserved()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> inherited = new[] { typeof(LstmBatch), typeof(TranslationBatch) }
            .SelectMany(type => type.GetMembers(Own))
            .Where(member => member is PropertyInfo or FieldInfo { IsPrivate: false } or MethodInfo { IsSpecialName: false, IsPrivate: false } or Type)
            .Select(member => member.Name);
        Assert.Equal(["CopyTo", "InferSourceSteps", "InferSteps", "LengthScale", "Lengths", "Rows", "SourceLengths", "SourceSteps", "Steps"], inherited.Distinct().Order(StringComparer.Ordinal));
        Assert.Subset(GeneratedNames.OfBatch, inherited.ToHashSet());
    }

    [Theory]
    [InlineData("keywords", """
        using SdCompiler;
        namespace @namespace.@event;
        public enum @enum { [Variant] @class, [Variant(Sites = DropoutSites.None)] record }
        [StructuredDropoutLstm(Variants = typeof(@enum))]
        public partial class @class
        {
            [Dimension] public partial int @params { get; }
            [Dimension] public partial int Value { get; }
            [Embedding(nameof(@params), 4)] public partial EmbeddingLayer @string { get; }
            [Embedding(nameof(Value), 4)] public partial EmbeddingLayer field { get; }
            [Concat(nameof(@string), nameof(field))] public partial ConcatLayer @int { get; }
            [Lstm(4, InputDropout = 0.5)] public partial LstmLayer @void { get; }
            [Softmax(nameof(@params))] public partial SoftmaxLayer @return { get; }
        }
        """)]
    [InlineData("names of symbols in equations", """
        using SdCompiler;
        [StructuredDropoutLstm]
        public partial class T
        {
            [Dimension] public partial int V { get; }
            [Embedding(nameof(V), 4)] public partial EmbeddingLayer B { get; }
            [Lstm(4)] public partial LstmLayer H { get; }
            [Lstm(4)] public partial LstmLayer Model { get; }
            [Lstm(4)] public partial LstmLayer Optimizer { get; }
            [Lstm(4)] public partial LstmLayer System { get; }
            [Lstm(4)] public partial LstmLayer SdCompiler { get; }
            [Softmax(nameof(V))] public partial SoftmaxLayer Ws { get; }
        }
        """)]
    [InlineData("keywords on both sides", """
        using SdCompiler;
        namespace Attention;
        [StructuredDropoutLstm]
        public partial class Window
        {
            [Dimension] public partial int @params { get; }
            [Embedding(nameof(@params), 4)] public partial EmbeddingLayer @in { get; }
            [Lstm(4, Layers = 2)] public partial LstmLayer @base { get; }
            [Embedding(nameof(@params), 4)] public partial EmbeddingLayer @out { get; }
            [Lstm(4, Layers = 2, InitialState = nameof(@base), Feedback = nameof(@ref))] public partial LstmLayer @this { get; }
            [Attention(nameof(@base), Score = AttentionScore.Concat)] public partial AttentionLayer @ref { get; }
            [Softmax(nameof(@params), Predicts = nameof(@out))] public partial SoftmaxLayer Attention { get; }
        }
        """)]
    [InlineData("names of parameters", """
        using SdCompiler;
        [StructuredDropoutLstm]
        public partial class Model
        {
            [Series(2)] public partial SeriesLayer rows { get; }
            [Embedding(9, 4)] public partial EmbeddingLayer step { get; }
            [CharacterCnn(9, 4)] public partial CharacterCnnLayer writer { get; }
            [Concat(nameof(rows), nameof(step), nameof(writer))] public partial ConcatLayer batch { get; }
            [Lstm(4)] public partial LstmLayer parameters { get; }
            [Classification(3)] public partial ClassificationLayer model { get; }
        }
        """)]
    [InlineData("names of parameters on both sides", """
        using SdCompiler;
        [StructuredDropoutLstm]
        public partial class Model
        {
            [Embedding(9, 4)] public partial EmbeddingLayer step { get; }
            [Lstm(4)] public partial LstmLayer optimizer { get; }
            [Embedding(9, 4)] public partial EmbeddingLayer writer { get; }
            [Lstm(4, InitialState = nameof(optimizer))] public partial LstmLayer options { get; }
            [Softmax(9, Predicts = nameof(writer))] public partial SoftmaxLayer path { get; }
        }
        """)]
    [InlineData("modifiers", """
        using SdCompiler;
        public abstract class Base { public virtual LstmLayer? Memory => null; public int Hidden => 1; protected Base() { } }
        internal partial class Model : Base
        {
            [Series(8)] private partial SeriesLayer Sensors { get; }
        }
        [StructuredDropoutLstm]
        internal unsafe partial class Model
        {
            private int _other = 1;
            public Model() : this(seed: 3) => _other = 2;
            public int Other => _other;
            [Lstm(4)] public override sealed partial LstmLayer Memory { get; }
            [Lstm(4)] protected internal new partial LstmLayer Hidden { get; }
            [Regression(1)] internal partial RegressionLayer Load { get; }
        }
        """)]
    [InlineData("a layer called Load, in a model without a namespace", """
        using SdCompiler;
        [StructuredDropoutLstm(BatchSize = 32, TimeSteps = 96)]
        public partial class LoadForecast
        {
            [Series(7)] public partial SeriesLayer Sensors { get; }
            [Lstm(64, Layers = 2, InputDropout = 0.2, RecurrentDropout = 0.2)] public partial LstmLayer Memory { get; }
            [Linear(32, Activation = Activation.Tanh)] public partial LinearLayer Head { get; }
            [Regression(1)] public partial RegressionLayer Load { get; }
        }
        """)]
    [InlineData("a layer called Save", """
        using SdCompiler;
        [StructuredDropoutLstm]
        public partial class Model
        {
            [Series(8)] public partial SeriesLayer Load { get; }
            [Lstm(4)] public partial LstmLayer Save { get; }
            [Regression(1)] public partial RegressionLayer Forecast { get; }
        }
        """)]
    [InlineData("a name in other letters", """
        using SdCompiler;
        namespace Größe;
        [StructuredDropoutLstm]
        public partial class 模型
        {
            [Dimension] public partial int Ñandú { get; }
            [Embedding(nameof(Ñandú), 4)] public partial EmbeddingLayer Слова { get; }
            [Lstm(4)] public partial LstmLayer Öl { get; }
            [Softmax(nameof(Ñandú))] public partial SoftmaxLayer Ἀρχή { get; }
        }
        """)]
    public void Unusual_names_compile(string what, string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.NotEmpty(what);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CSharpProblems.Where(problem => problem.Id != "CS0227").Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("public partial class Outer {{ {0} }}")]
    [InlineData("namespace A.B {{ internal partial struct Outer {{ public partial interface IMiddle {{ public partial record Inner {{ {0} }} }} }} }}")]
    [InlineData("namespace A {{ public static partial class Outer {{ internal partial record struct Middle {{ {0} }} }} }}")]
    public void Nested_models_compile(string around)
    {
        string model = "[StructuredDropoutLstm] internal partial class Model { " + Layers + " }";
        GeneratorRun run = GeneratorHarness.Run("using SdCompiler;\n" + around.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", model, StringComparison.Ordinal));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CSharpProblems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Models_of_one_name_in_two_namespaces_compile()
    {
        string model = "using SdCompiler; namespace {0} { [StructuredDropoutLstm] public partial class Model { " + Layers + " } }";
        GeneratorRun run = GeneratorHarness.Run(model.Replace("{0}", "A", StringComparison.Ordinal), model.Replace("{0}", "B", StringComparison.Ordinal), model.Replace("{0}", "a", StringComparison.Ordinal));
        Assert.Equal(["A.Model.g.cs", "B.Model.g.cs", "a.Model-2.g.cs"], run.Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CSharpProblems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Names_are_kept_as_they_must_be_written()
    {
        LstmModel model = ParserHarness.Parse("""
            using SdCompiler;
            namespace A.@event;
            partial struct Outer
            {
                [StructuredDropoutLstm]
                protected internal partial class @class
                {
                    [Dimension] internal partial int @params { get; }
                    [Dimension] public partial int WordTypes { get; }
                    /// <summary>Mine.</summary>
                    [Embedding(nameof(@params), 4)] public partial EmbeddingLayer @string { get; }
                    [Lstm(4)] protected internal virtual partial LstmLayer Memory { get; }
                    [Softmax(nameof(WordTypes))] partial SoftmaxLayer Next { get; }
                }
            }
            """);
        Assert.Equal("A.@event", model.Namespace);
        Assert.Equal(["partial struct Outer"], model.ContainingTypes);
        Assert.Equal("@class", model.Name);
        Assert.Equal("A.event.Outer+class", model.HintName);
        Assert.Equal([new DimensionModel("@params", "@params", "internal", false), new DimensionModel("WordTypes", "wordTypes", "public", false)], model.Dimensions);
        Assert.Equal(["@string", "Memory", "Next"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["public", "protected internal virtual", ""], model.Layers.Select(layer => layer.Accessibility));
        Assert.Equal([true, false, false], model.Layers.Select(layer => layer.HasDocumentation));
        Assert.Equal(SizeModel.Late("@params"), model.Layers[0].Tokens);
    }
}
