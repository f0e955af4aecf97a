using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Numerics;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>Options with several values; bad ones are refused as those of <see cref="LanguageModel.Commands.CommandOptions"/> are.</summary>
internal static class ListOptions
{
    /// <summary>Names, each after an option of its own.</summary>
    public static Option<string[]?> Choices(string name, string description, params string[] names) => new(name)
    {
        Description = $"{description}: {string.Join(", ", names)}",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            string[] values = result.Tokens.Select(token => token.Value).ToArray();
            foreach (string value in values)
            {
                if (!names.Contains(value, StringComparer.Ordinal))
                {
                    result.AddError($"{name} is '{value}'; use {string.Join(", ", names[..^1])} or {names[^1]}.");
                    return null;
                }
            }

            return values;
        },
    };

    /// <summary>Whole numbers with commas between them.</summary>
    public static Option<int[]?> Wholes(string name, string description, int low, int high) =>
        Numbers<int>(name, description, value => value >= low && value <= high, $"whole numbers from {low} to {high} with commas between them");

    /// <summary>Shares, above 0 and up to 1, with commas between them.</summary>
    public static Option<double[]?> Shares(string name, string description) =>
        Numbers<double>(name, description, value => value > 0 && value <= 1, "numbers above 0 up to 1 with commas between them");

    private static Option<N[]?> Numbers<N>(string name, string description, Func<N, bool> isAllowed, string allowed)
        where N : struct, INumber<N> => new(name)
        {
            Description = description,
            HelpName = "N,..",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
                N[] values = new N[parts.Length];
                for (int i = 0; i < parts.Length; i++)
                {
                    if (!N.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !isAllowed(values[i]))
                    {
                        result.AddError($"{name} is '{text}'; use {allowed}.");
                        return null;
                    }
                }

                return values;
            },
        };
}
