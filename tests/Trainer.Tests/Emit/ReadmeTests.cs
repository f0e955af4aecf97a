using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using SdCompiler.Trainer.Tests.Harness;
using Xunit;

namespace SdCompiler.Trainer.Tests.Emit;

/// <summary>What the README shows compiles as it stands there, and does what it says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_examples_of_the_README_compile_and_emit_the_lines_it_shows()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        string[] blocks = [.. Regex.Matches(readme, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        string awd = blocks.Single(block => block.Contains("partial class AwdModel", StringComparison.Ordinal));
        string translator = blocks.Single(block => block.Contains("partial class Translator", StringComparison.Ordinal));
        string model = blocks[0].Replace("using SdCompiler;", "using SdCompiler; namespace Compiled;", StringComparison.Ordinal);
        string use = $$"""
            using System;
            using SdCompiler;
            namespace Compiled;
            internal static class Use
            {
                internal static void First(int[] inputs, int[] targets)
                {
                    {{blocks[1]}}
                    Console.WriteLine(loss);
                }

                internal static void Loop()
                {
                    {{blocks[3]}}
                }

                internal static void Afterwards(int[] inputs, int[] targets)
                {
                    {{blocks[4]}}
                    Console.WriteLine(found);
                }

                internal static void Sentences(WordModel model, WordModel.Trainer trainer, int[] lengths, string[] words)
                {
                    {{blocks.Single(block => block.Contains("LengthBuckets", StringComparison.Ordinal))}}
                    Console.WriteLine($"{items.Length} {padding} {found}");
                }

                internal static void Awd(Corpus corpus, EvaluationStreams held)
                {
                    {{blocks.Single(block => block.Contains("NonMonotone = 5", StringComparison.Ordinal))}}
                    Console.WriteLine(loop.Epochs);
                }

                internal static void Numbers(float[] sensors, float[] targets)
                {
                    {{blocks[6]}}
                }

                internal static void Translate(int[] source, int[] sourceLengths, int[] target, int[] lengths, int[] targets, int[] sentence)
                {
                    {{blocks.Single(block => block.Contains("predictor.Translate", StringComparison.Ordinal))}}
                    Console.WriteLine(best);
                }
            }
            """;

        using CompiledModels compiled = CompiledModels.Compile(new CompileSettings(Nullable: true), [model, "using SdCompiler; namespace Compiled;" + blocks[5], "using SdCompiler; namespace Compiled;" + translator, "using SdCompiler; namespace Compiled;" + awd, use]);

        string emitted = compiled.GeneratedSources.Single(source => source.Contains("WordModel", StringComparison.Ordinal));
        foreach (string line in blocks[2].Split('\n').Where(line => line.Length > 0 && !line.StartsWith("//   ", StringComparison.Ordinal)))
        {
            // Shortened lines end, or are interrupted, by three dots: what stands before them is emitted.
            string shown = line.Split("...")[0].Trim();
            Assert.Contains(Regex.Replace(shown, " +", " "), Regex.Replace(emitted, " +", " "), StringComparison.Ordinal);
        }
    }
}
