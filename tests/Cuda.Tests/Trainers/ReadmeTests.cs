using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Cuda.Tests.Trainers;

/// <summary>The README's example for a GPU is what the compiler takes.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_example_compiles()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        string section = readme[readme.IndexOf("## On an NVIDIA GPU", StringComparison.Ordinal)..];
        string[] blocks = [.. Regex.Matches(section, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).Take(2)];
        string model = "using SdCompiler;\nnamespace Compiled;\n" + blocks[0];
        string use = $$"""
            using SdCompiler;
            namespace Compiled;
            internal static class Use
            {
                internal static double First(int[] inputs, int[] targets)
                {
                    {{blocks[1]}}
                    return trainer.Step(inputs, targets);
                }
            }
            """;
        using CompiledModels models = CompiledModels.Compile(new CompileSettings(), [model, use]);
        Assert.Contains("CudaTrainerBody", models.GeneratedSources.Single(), StringComparison.Ordinal);
    }
}
