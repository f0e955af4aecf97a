using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SdCompiler.Generator.Diagnostics;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>Runs the generator, and the live analyzer beside it, on source text, as a project that references the real runtime would.</summary>
internal static class GeneratorHarness
{
    /// <summary>The framework, the attributes and both runtimes; read once.</summary>
    public static readonly ImmutableArray<MetadataReference> References = ReadReferences();

    public static readonly CSharpParseOptions CSharp13 = new(LanguageVersion.CSharp13);

    /// <summary>Runs everything on the given files, named Model.cs, Model2.cs, ...</summary>
    public static GeneratorRun Run(params string[] sources) => Run(CSharp13, sources);

    public static GeneratorRun Run(CSharpParseOptions options, params string[] sources) => Run(Compile(options, sources), new LstmGenerator(), options);

    public static GeneratorRun Run(CSharpCompilation compilation, IIncrementalGenerator generator, CSharpParseOptions options)
    {
        CSharpGeneratorDriver driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()], parseOptions: options, driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));
        GeneratorDriver ran = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult result = ran.GetRunResult().Results.Single();
        if (result.Exception is Exception exception)
        {
            throw new InvalidOperationException("The generator threw.", exception);
        }

        ImmutableArray<Diagnostic> live = output
            .WithAnalyzers([new ModelAnalyzer()])
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return new GeneratorRun(result, (CSharpCompilation)output, [.. result.Diagnostics, .. live]);
    }

    public static CSharpCompilation Compile(CSharpParseOptions options, params string[] sources)
    {
        IEnumerable<SyntaxTree> trees = sources.Select((source, index) => Parse(source, index == 0 ? "Model.cs" : $"Model{index + 1}.cs", options));
        return CSharpCompilation.Create(
            "Tests", trees, References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    public static SyntaxTree Parse(string source, string path, CSharpParseOptions? options = null) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source.ReplaceLineEndings("\n")), options ?? CSharp13, path);

    private static ImmutableArray<MetadataReference> ReadReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] own = ["SdCompiler.Attributes.dll", "SdCompiler.Runtime.dll", "SdCompiler.Runtime.Cuda.dll"];
        return
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework)
                .Concat(own.Select(name => Path.Combine(AppContext.BaseDirectory, name)))
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
