extern alias generator;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>Models compiled as a user's build does it, and loaded: generator, all warnings on and as errors, documentation checked.</summary>
internal sealed class CompiledModels : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);
    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(FindReferences);

    private readonly AssemblyLoadContext _context = new("models", isCollectible: true);
    private readonly Assembly _assembly;

    private CompiledModels(MemoryStream image, ImmutableArray<string> generated)
    {
        _assembly = _context.LoadFromStream(image);
        GeneratedSources = generated;
    }

    /// <summary>The texts that the generator added.</summary>
    public ImmutableArray<string> GeneratedSources { get; }

    /// <summary>Compiles models into one assembly.</summary>
    public static CompiledModels Compile(params IEnumerable<ModelSource> models) => Compile(new CompileSettings(), models.Select(model => model.ToString()));

    /// <summary>Compiles source texts into one assembly.</summary>
    /// <exception cref="InvalidOperationException">The compiler or the generator had anything at all to say.</exception>
    public static CompiledModels Compile(CompileSettings settings, IEnumerable<string> sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Models" + Guid.NewGuid().ToString("N"),
            sources.Select((text, index) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"Model{index}.cs")),
            References.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                checkOverflow: settings.Checked,
                warningLevel: 9999,
                generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: [new("SDC0145", ReportDiagnostic.Suppress)], // a doubtful model is compared with the reference, too
                nullableContextOptions: settings.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new generator::SdCompiler.Generator.LstmGenerator().AsSourceGenerator()], [], ParseOptions);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> fromGenerator, CancellationToken.None);
        ImmutableArray<string> generated = driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()).ToImmutableArray();
        MemoryStream image = new();
        IEnumerable<Diagnostic> diagnostics = fromGenerator.Concat(updated.Emit(image).Diagnostics).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        string problems = string.Join("\n", diagnostics.Take(20).Select(diagnostic => diagnostic + "\n    " + LineOf(diagnostic)));
        if (problems.Length > 0)
        {
            throw new InvalidOperationException(problems);
        }

        image.Position = 0;
        return new CompiledModels(image, generated);
    }

    /// <summary>The compiled class of a name, with a maker of its objects.</summary>
    public Type Type(string name) => _assembly.GetType("Compiled." + name, throwOnError: true)!;

    /// <summary>Makes a model with the dimensions of its source.</summary>
    public HostedModel Create(ModelSource source, long seed = 1)
    {
        object[] arguments = [.. source.Dimensions.Select(dimension => (object)dimension.Value), seed];
        return new HostedModel(source, Activator.CreateInstance(Type(source.Name), arguments)!);
    }

    /// <summary>Reads a model from a file.</summary>
    public HostedModel Load(ModelSource source, string path) =>
        new(source, Type(source.Name).GetMethod(source.LoadMethod, [typeof(string)])!.InvokeUnwrapped(null, path)!);

    public void Dispose() => _context.Unload();

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> files = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == framework || Path.GetFileName(file).StartsWith("SdCompiler.Runtime", StringComparison.Ordinal))
            .Append(typeof(LstmAttribute).Assembly.Location)
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal));
        return files.Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)).ToImmutableArray();
    }

    private static string LineOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree is SyntaxTree tree
        ? tree.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim()
        : "";
}
