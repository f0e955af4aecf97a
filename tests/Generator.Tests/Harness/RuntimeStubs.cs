using System.Linq;
using System.Text;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>Declarations of those runtime types that the referenced runtime does not have yet, so that the parser can be tested without it.</summary>
internal static class RuntimeStubs
{
    private static readonly string[] LayerTypes =
        ["EmbeddingLayer", "SeriesLayer", "LstmLayer", "ConcatLayer", "LinearLayer", "SoftmaxLayer", "ClassificationLayer", "RegressionLayer"];

    public static readonly string Source = Build();

    private static string Build()
    {
        System.Type[] own = typeof(SdCompiler.Runtime.Workspace).Assembly.GetExportedTypes();
        StringBuilder text = new("namespace SdCompiler { ");
        foreach (string type in LayerTypes.Where(type => own.All(other => other.FullName != "SdCompiler." + type)))
        {
            text.Append("public sealed class ").Append(type).Append(" { } ");
        }

        if (own.All(type => type.FullName != "SdCompiler.LstmTrainer`1"))
        {
            text.Append("public abstract class LstmTrainer<TBatch> { } ");
        }

        return text.Append('}').ToString();
    }
}
