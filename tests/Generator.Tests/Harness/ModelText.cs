using System;

namespace SdCompiler.Generator.Tests.Harness;

/// <summary>Completes an excerpt of a model, so that a test (or the help page) shows only the lines that matter.</summary>
internal static class ModelText
{
    /// <summary>
    /// An excerpt with [StructuredDropoutLstm] is a whole file but for its usings. Another is the body of class Model; an input above and a
    /// loss below are added where it has none.
    /// </summary>
    public static string Complete(string excerpt)
    {
        if (excerpt.Contains("[StructuredDropoutLstm", StringComparison.Ordinal) || excerpt.Contains("namespace ", StringComparison.Ordinal))
        {
            return "using SdCompiler;\n" + excerpt;
        }

        string body = excerpt;
        string plain = excerpt.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        if (!ContainsAny(plain, "[Series(", "[Embedding(", "[CharacterCnn(", "[CharacterLstm("))
        {
            body = "[Series(8)] public partial SeriesLayer Sensors { get; }\n" + body;
        }

        if (!ContainsAny(plain, "[Softmax(", "[MixtureOfSoftmaxes(", "[Classification(", "[Crf(", "[Regression("))
        {
            body += "\n[Regression(1)] public partial RegressionLayer Load { get; }";
        }

        return "using SdCompiler;\n[StructuredDropoutLstm(BatchSize = 2, TimeSteps = 3)]\npublic partial class Model\n{\n" + body + "\n}\n";
    }

    private static bool ContainsAny(string text, params string[] parts) => Array.Exists(parts, part => text.Contains(part, StringComparison.Ordinal));
}
