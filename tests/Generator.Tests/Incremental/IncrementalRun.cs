using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SdCompiler.Generator.Tests.Harness;

namespace SdCompiler.Generator.Tests.Incremental;

/// <summary>A generator that is run on a project, and again after edits, as an editor does it.</summary>
internal sealed class IncrementalRun
{
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public IncrementalRun(params string[] sources)
    {
        _compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp13, sources);
        _driver = CSharpGeneratorDriver.Create(
            [new LstmGenerator().AsSourceGenerator()], parseOptions: GeneratorHarness.CSharp13, driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));
        _driver = _driver.RunGenerators(_compilation);
    }

    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>What happened to the emitted files.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons => Result.TrackedOutputSteps
        .SelectMany(step => step.Value)
        .SelectMany(step => step.Outputs)
        .Where(output => output.Value is System.Runtime.CompilerServices.ITuple { Length: > 0 } tuple && HasSources(tuple))
        .Select(output => output.Reason);

    private GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>Replaces the files that differ, keeps the others' trees, and runs again.</summary>
    public void Edit(params string[] sources)
    {
        SyntaxTree[] old = [.. _compilation.SyntaxTrees];
        for (int i = 0; i < sources.Length; i++)
        {
            SyntaxTree tree = GeneratorHarness.Parse(sources[i], i == 0 ? "Model.cs" : $"Model{i + 1}.cs");
            if (i >= old.Length)
            {
                _compilation = _compilation.AddSyntaxTrees(tree);
            }
            else if (old[i].ToString() != tree.ToString())
            {
                _compilation = _compilation.ReplaceSyntaxTree(old[i], tree);
            }
        }

        _driver = _driver.RunGenerators(_compilation);
    }

    /// <summary>Why each item of a step has the value that it has.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step) =>
        Result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs) ? runs.SelectMany(run => run.Outputs).Select(output => output.Reason) : [];

    private static bool HasSources(System.Runtime.CompilerServices.ITuple tuple) =>
        tuple[0] is System.Collections.ICollection { Count: > 0 };
}
