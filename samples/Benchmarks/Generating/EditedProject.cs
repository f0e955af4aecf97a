extern alias generator;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using generator::SdCompiler.Generator;

namespace SdCompiler.Samples.Benchmarks.Generating;

/// <summary>A project of many models in memory, with the generator that an editor would keep running on it.</summary>
internal sealed class EditedProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13);

    private readonly int _models;
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    /// <summary>A project whose generator has not run yet.</summary>
    /// <param name="models">How many models it has, a file each.</param>
    public EditedProject(int models)
    {
        _models = models;
        _compilation = CSharpCompilation.Create(
            "Project",
            Enumerable.Range(0, models).Select(number => Parse(Model(number), $"Model{number}.cs")).Append(Parse("class Other { }", "Other.cs")),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _driver = CSharpGeneratorDriver.Create(
            [new LstmGenerator().AsSourceGenerator()], parseOptions: ParseOptions, driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));
    }

    /// <summary>Runs the generator on the project as it is.</summary>
    public GeneratorTime Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        _driver = _driver.RunGenerators(_compilation);
        TimeSpan time = watch.Elapsed;
        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        if (result.Exception is Exception exception)
        {
            throw new InvalidOperationException("The generator failed.", exception);
        }

        int redone = result.TrackedSteps["Compile"].SelectMany(step => step.Outputs)
            .Count(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
        return new GeneratorTime(time, redone, result.GeneratedSources.Length);
    }

    /// <summary>Adds a model in a new file.</summary>
    public void AddModel() => _compilation = _compilation.AddSyntaxTrees(Parse(Model(_models), $"Model{_models}.cs"));

    /// <summary>Removes the file that <see cref="AddModel"/> added.</summary>
    public void RemoveModel() => _compilation = _compilation.RemoveSyntaxTrees(Tree($"Model{_models}.cs"));

    /// <summary>Changes a file that has no model.</summary>
    /// <param name="number">Makes the text differ from what it was.</param>
    public void EditOther(int number) => Replace("Other.cs", $"class Other {{ int Number() => {number}; }}");

    /// <summary>Changes a value of the first model.</summary>
    /// <param name="number">Makes the value differ from what it was.</param>
    public void EditModel(int number) => Replace("Model0.cs", Model(0).Replace("[Lstm(650", $"[Lstm({651 + (number % 100)}", StringComparison.Ordinal));

    private void Replace(string path, string text) => _compilation = _compilation.ReplaceSyntaxTree(Tree(path), Parse(text, path));

    private SyntaxTree Tree(string path) => _compilation.SyntaxTrees.Single(tree => tree.FilePath == path);

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text), ParseOptions, path);

    /// <summary>A language model of the size of Zaremba's medium one.</summary>
    private static string Model(int number) => $$"""
        using SdCompiler;
        namespace Project;
        [StructuredDropoutLstm(BatchSize = 20, TimeSteps = 35)]
        public partial class Model{{number}}
        {
            [Dimension] public partial int Vocabulary { get; }
            [Embedding(nameof(Vocabulary), 650)] public partial EmbeddingLayer Words { get; }
            [Lstm(650, InputDropout = 0.5, RecurrentDropout = 0.5)] public partial LstmLayer Lower { get; }
            [Lstm(650, InputDropout = 0.5, RecurrentDropout = 0.5)] public partial LstmLayer Upper { get; }
            [Softmax(nameof(Vocabulary), InputDropout = 0.5)] public partial SoftmaxLayer NextWord { get; }
        }
        """;

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is string name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "SdCompiler.Attributes.dll" or "SdCompiler.Runtime.dll"))
        .Select(path => MetadataReference.CreateFromFile(path));
}
