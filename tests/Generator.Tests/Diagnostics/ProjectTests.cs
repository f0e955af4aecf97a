using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Diagnostics;

/// <summary>Mistakes that need more than one file or another project to show, and what must not be a mistake.</summary>
public sealed class ProjectTests
{
    private const string Model = """
        using SdCompiler;
        [StructuredDropoutLstm]
        public partial class {0}
        {
            [Series(8)] public partial SeriesLayer Sensors { get; }
            [Lstm(4)] public partial LstmLayer Memory { get; }
            [Regression(1)] public partial RegressionLayer Forecast { get; }
        }
        """;

    /// <summary>What the analyzer would say before the generator has run, as in an editor, is what the generator says; beside it the analyzer is silent.</summary>
    [Fact]
    public void The_live_analyzer_shows_what_the_generator_has_not_seen()
    {
        CSharpCompilation edited = GeneratorHarness.Compile(
            GeneratorHarness.CSharp13,
            Named("Model").Replace("[Lstm(4)]", "[Lstm(0, OutputPattern = DropoutPattern.Random)]", StringComparison.Ordinal),
            "using SdCompiler; partial class Other { [Lstm(4)] public partial LstmLayer Memory { get; } }");
        string[] ids = ["SDC0027", "SDC0040", "SDC0046"];
        Assert.Equal(ids, Live(edited));
        Assert.Equal(ids, GeneratorHarness.Run(edited, new LstmGenerator(), GeneratorHarness.CSharp13).Result.Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));

        // An editor whose generator ran before the last edit: what it said then is in the file, and what is new in the text.
        CSharpCompilation before = GeneratorHarness.Run(edited, new LstmGenerator(), GeneratorHarness.CSharp13).Output;
        SyntaxTree old = before.SyntaxTrees.First();
        CSharpCompilation after = before.ReplaceSyntaxTree(old, GeneratorHarness.Parse(old.ToString().Replace("[Series(8)]", "[Series(-1)]", StringComparison.Ordinal), old.FilePath));
        Assert.Empty(Live(before));
        Assert.Equal(["SDC0040"], Live(after));

        static string[] Live(CSharpCompilation compilation) =>
            [.. compilation.WithAnalyzers([new ModelAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal)];
    }

    /// <summary>A text of several lines must not end the comment that repeats the message.</summary>
    [Fact]
    public void A_message_is_one_line_of_the_emitted_file()
    {
        GeneratorRun run = GeneratorHarness.Run(Named("Model<T,\n    U>"));
        Assert.Equal("SDC0002", Assert.Single(run.Diagnostics).Id);
        Assert.Contains("// SDC0002: Class 'Model' is generic; remove the type parameters <T,     U>, because", run.Source, StringComparison.Ordinal);
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Without_the_runtime_a_mistake_is_still_one_message()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, Named("Model").Replace("[Lstm(4)]", "[Lstm(0)]", StringComparison.Ordinal));
        compilation = compilation
            .RemoveReferences(compilation.References.Where(reference => reference.Display!.EndsWith("SdCompiler.Runtime.dll", StringComparison.Ordinal)));
        GeneratorRun run = GeneratorHarness.Run(compilation, new LstmGenerator(), GeneratorHarness.CSharp13);
        Assert.Equal(["SDC0040", "SDC0201"], run.Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Layers_in_two_files_have_no_order()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            using SdCompiler;
            [StructuredDropoutLstm]
            public partial class Model
            {
                [Series(8)] public partial SeriesLayer Sensors { get; }
            }
            """,
            """
            using SdCompiler;
            partial class Model
            {
                [Lstm(4)] public partial LstmLayer Memory { get; }
                [Regression(1)] public partial RegressionLayer Forecast { get; }
            }
            """);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SDC0018", diagnostic.Id);
        Assert.Equal(
            "'Memory' of model 'Model' is declared in 'Model2.cs' while 'Sensors' is declared in 'Model.cs'; move all layers and dimensions into one file, because C# gives files no order and layers have one",
            Message(diagnostic));
        Assert.Equal("Model2.cs", diagnostic.Location.SourceTree!.FilePath);
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Layers_in_two_parts_of_one_file_are_fine()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using SdCompiler;
            partial class Model
            {
                [Series(8)] public partial SeriesLayer Sensors { get; }
            }
            [StructuredDropoutLstm]
            partial class Model
            {
                [Lstm(4)] public partial LstmLayer Memory { get; }
                [Regression(1)] public partial RegressionLayer Forecast { get; }
            }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void CSharp_12_has_no_partial_properties()
    {
        GeneratorRun run = GeneratorHarness.Run(new CSharpParseOptions(LanguageVersion.CSharp12), Named("Model"));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SDC0200", diagnostic.Id);
        Assert.Equal("Model 'Model' is compiled as C# 12.0, which has no partial properties; set <LangVersion>13</LangVersion> (or later) in the project", Message(diagnostic));
        Assert.Equal("Model", Underlined(diagnostic));
        Assert.Empty(run.Result.GeneratedSources);
    }

    [Fact]
    public void A_missing_runtime_is_one_message_for_all_models()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, Named("Zebra"), Named("Antelope"));
        compilation = compilation
            .RemoveReferences(compilation.References.Where(reference => reference.Display!.EndsWith("SdCompiler.Runtime.dll", StringComparison.Ordinal)));
        GeneratorRun run = GeneratorHarness.Run(compilation, new LstmGenerator(), GeneratorHarness.CSharp13);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SDC0201", diagnostic.Id);
        Assert.Equal("Model 'Antelope' cannot be compiled, because SdCompiler.Runtime is not referenced; add the package or the project to this project", Message(diagnostic));
        Assert.Equal("Antelope", Underlined(diagnostic));
    }

    [Fact]
    public void A_missing_CUDA_runtime_is_a_message_on_the_model_and_the_CPU_is_still_emitted()
    {
        string source = Named("Model").Replace("[StructuredDropoutLstm]", "[StructuredDropoutLstm(Backends = Backends.Cpu | Backends.Cuda)]", StringComparison.Ordinal);
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, source);
        compilation = compilation
            .RemoveReferences(compilation.References.Where(reference => reference.Display!.EndsWith("SdCompiler.Runtime.Cuda.dll", StringComparison.Ordinal)));
        GeneratorRun run = GeneratorHarness.Run(compilation, new LstmGenerator(), GeneratorHarness.CSharp13);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SDC0202", diagnostic.Id);
        Assert.Equal("Model 'Model' asks for Backends.Cuda, but SdCompiler.Runtime.Cuda is not referenced; add it to this project, or remove Backends.Cuda", Message(diagnostic));
        Assert.Equal("Model", Underlined(diagnostic));
        Assert.Empty(Errors(run));
        Assert.DoesNotContain("Cuda", run.Result.GeneratedSources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_the_generator_is_one_message_and_the_other_models_are_emitted()
    {
        LstmGenerator generator = new((model, cancellationToken) => model.Name == "Second"
            ? throw new InvalidOperationException("no such node\nand more")
            : ModelCompiler.Compile(model, cancellationToken));
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, Named("First"), Named("Second"), Named("Third"));
        GeneratorRun run = GeneratorHarness.Run(compilation, generator, GeneratorHarness.CSharp13);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SDC9000", diagnostic.Id);
        Assert.Equal("Model 'Second' could not be compiled, because of a mistake in SdCompiler: InvalidOperationException: no such node; please report it with the model", Message(diagnostic));
        Assert.Equal("Second", Underlined(diagnostic));
        Assert.Equal(["First.g.cs", "Second.g.cs", "Third.g.cs"], run.Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal));
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Cancellation_passes_through()
    {
        using CancellationTokenSource source = new();
        LstmGenerator generator = new((model, cancellationToken) =>
        {
            source.Cancel();
            return ModelCompiler.Compile(model, cancellationToken);
        });
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, Named("Model"));
        CSharpGeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: GeneratorHarness.CSharp13);
        Exception? exception = Record.Exception(() => driver.RunGenerators(compilation, source.Token));
        Assert.IsAssignableFrom<OperationCanceledException>(exception);
    }

    [Fact]
    public void A_pass_has_no_places_so_its_message_stands_on_the_class()
    {
        LstmGenerator generator = new((model, _) => new CompiledModel(
            model.HintName, string.Empty, new([DiagnosticInfo.Unplaced(DiagnosticDescriptors.WorkspaceTooLarge, model.Name, "5", "1", "2", "4")])));
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.CSharp13, Named("Model")), generator, GeneratorHarness.CSharp13);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SDC0121", diagnostic.Id);
        Assert.Equal("Model", Underlined(diagnostic));
    }

    [Theory]
    [InlineData("SDC0046", "[Lstm(4, InputPattern = DropoutPattern.Random)] public partial LstmLayer Memory { get; }")]
    [InlineData("SDC0118", "[Lstm(4, RecurrentDropout = 0.01)] public partial LstmLayer Memory { get; }")]
    public void Warnings_can_be_disabled_where_they_stand(string id, string layer)
    {
        string shown = ModelText.Complete(layer);
        string hidden = ModelText.Complete($"#pragma warning disable {id}\n{layer}\n#pragma warning restore {id}\n");
        Assert.Equal([id], Effective(shown));
        Assert.Empty(Effective(hidden));

        static string[] Effective(string source) => [.. GeneratorHarness.Run(source).Effective.Select(diagnostic => diagnostic.Id)];
    }

    [Fact]
    public void Without_analyzers_the_generator_shows_everything()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, ModelText.Complete("[Lstm(0)] public partial LstmLayer Memory { get; }"));
        GeneratorRun run = GeneratorHarness.Run(compilation, new LstmGenerator(), GeneratorHarness.CSharp13);
        Assert.Equal(["SDC0040"], run.Result.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Every_use_of_a_wrong_model_still_compiles()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using System;
            using SdCompiler;
            namespace Demo;
            internal enum Kind { [Variant] One }
            [StructuredDropoutLstm(Variants = typeof(Kind))]
            public partial class @class
            {
                [Dimension] public partial int @params { get; }
                [Embedding(nameof(@params), 4)] public partial EmbeddingLayer Words { get; }
                [Series(3)] public partial SeriesLayer Sensors { get; }
                [Concat(nameof(Words), nameof(Sensors))] public partial ConcatLayer Both { get; }
                [Lstm(4)] public virtual partial LstmLayer Memory { get; }
                [Regression(1)] public partial RegressionLayer Load { get; }
            }
            public static class Program
            {
                public static double Main1()
                {
                    var model = new @class(@params: 10, seed: 1);
                    using @class.Trainer trainer = model.CreateTrainer(new Sgd { LearningRate = 1 }, Kind.One);
                    var batch = new @class.Batch { Rows = 2, Words = new int[6], Sensors = new float[18], Targets = new float[6] };
                    model.Save("x");
                    @class.LoadModel("x");
                    _ = @class.Plan.ToString() + model.Memory.Units + model.@params;
                    using IDisposable? none = null;
                    @class.Predictor predictor = model.CreatePredictor(rows: 2);
                    return trainer.Step(batch) + trainer.Evaluate(batch).ToString()!.Length;
                }
            }
            """);
        Assert.Equal(["SDC0063"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(Errors(run));
    }

    /// <summary>Two directions that another LSTM reads end in it.</summary>
    [Fact]
    public void A_class_of_an_LSTM_above_both_directions_is_fine() => Assert.Empty(GeneratorHarness.Run(ModelText.Complete("""
        [Lstm(4, Direction = Direction.Both)] public partial LstmLayer Context { get; }
        [Linear(4)] public partial LinearLayer Head { get; }
        [Lstm(4)] public partial LstmLayer Upper { get; }
        [Linear(4)] public partial LinearLayer Last { get; }
        [Classification(3)] public partial ClassificationLayer Kind { get; }
        """)).Diagnostics);

    [Fact]
    public void A_wrong_model_has_documentation()
    {
        CSharpParseOptions options = GeneratorHarness.CSharp13.WithDocumentationMode(DocumentationMode.Diagnose);
        string wrong = Named("Model").Replace("[Lstm(4)]", "[Lstm(0)]", StringComparison.Ordinal);
        GeneratorRun run = GeneratorHarness.Run(options, wrong, Named("Other").Replace("[StructuredDropoutLstm]", "/// <summary>Mine.</summary>", StringComparison.Ordinal));
        Assert.Equal(["SDC0027", "SDC0040"], run.Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
        Assert.Empty(run.CSharpProblems);

        // What the user wrote is not replaced.
        run = GeneratorHarness.Run(options, wrong.Replace("[Lstm", "/// <summary>Mine.</summary>\n[Lstm", StringComparison.Ordinal).Replace("[Structured", "/// <summary>Mine.</summary>\n[Structured", StringComparison.Ordinal));
        Assert.Empty(run.CSharpProblems);
        INamedTypeSymbol model = run.Output.GetTypeByMetadataName("Model")!;
        Assert.All([model, model.GetMembers("Memory").Single()], symbol => Assert.Contains("Mine.", symbol.GetDocumentationCommentXml()!, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_use_of_a_wrong_model_of_sentences_still_compiles()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using SdCompiler;
            [StructuredDropoutLstm]
            public partial class Tagger
            {
                [Embedding(10, 4)] public partial EmbeddingLayer Words { get; }
                [Lstm(4, Direction = Direction.Both, InputDropout = 2)] public partial LstmLayer Context { get; }
                [Softmax(5)] public partial SoftmaxLayer Tags { get; }
            }
            public static class Program
            {
                public static double Main1()
                {
                    var model = new Tagger(seed: 1);
                    using Tagger.Trainer trainer = model.CreateTrainer(new Sgd());
                    var batch = new Tagger.Batch { Rows = 2, Words = new int[6], Targets = new int[6] };
                    model.CreatePredictor(rows: 2).Predict(batch, new float[30]);
                    return trainer.Step(batch) + model.Context.ReverseBias().Count;
                }
            }
            """);
        Assert.Equal(["SDC0041"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Every_use_of_a_wrong_tagger_still_compiles()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using SdCompiler;
            [StructuredDropoutLstm]
            public partial class Tagger
            {
                [Embedding(10, 4)] public partial EmbeddingLayer Words { get; }
                [Lstm(4, InputDropout = 2)] public partial LstmLayer Context { get; }
                [Crf(5)] public partial CrfLayer Tags { get; }
            }
            public static class Program
            {
                public static void Main1() => new Tagger(seed: 1).CreatePredictor(rows: 2).Tag(new Tagger.Batch { Rows = 2, Words = new int[6], Targets = new int[6] }, new int[6]);
            }
            """);
        Assert.Equal(["SDC0041"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Types_whose_names_differ_only_in_case_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Run(Named("Net"), Named("NET"), "namespace A { " + Named("X").Replace("using SdCompiler;", "using SdCompiler; public partial class O {", StringComparison.Ordinal) + " } }");
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["A.O+X.g.cs", "NET.g.cs", "Net-2.g.cs"], run.Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal));
        Assert.Empty(Errors(run));
    }

    [Fact]
    public void Two_attributes_on_one_class_are_left_to_CSharp()
    {
        GeneratorRun run = GeneratorHarness.Run(Named("Model") + "\n[StructuredDropoutLstm] partial class Model { }");
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["CS0579"], Errors(run));
    }

    private static string Named(string name) => Model.Replace("{0}", name, StringComparison.Ordinal);

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    private static string Underlined(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static string[] Errors(GeneratorRun run) =>
        [.. run.CSharpProblems.Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.Id + " " + Message(problem) + " " + problem.Location).Select(text => text.StartsWith("CS0579", StringComparison.Ordinal) ? "CS0579" : text)];
}
