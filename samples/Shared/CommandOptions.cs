using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace SdCompiler.Samples.Shared;

/// <summary>Makes options whose bad values are refused with a sentence that names the option, the value and what is allowed.</summary>
internal static class CommandOptions
{
    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, string description, int low, int high = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value);
            if (isNumber && value >= low && value <= high)
            {
                return value;
            }

            // Where any number will do, the largest is worth a word only to whoever gave a larger one.
            bool isTooLarge = !isNumber && text.All(char.IsAsciiDigit);
            string range = high == int.MaxValue && !isTooLarge ? $"a whole number from {low} on" : $"a whole number from {low} to {high}";
            result.AddError($"{name} is '{text}'; use {range}.");
            return null;
        },
    };

    /// <summary>A number from 0 on.</summary>
    public static Option<double?> NotNegative(string name, string description) =>
        Number(name, description, value => value >= 0 && double.IsFinite(value), "a number from 0 on, such as 0.8");

    /// <summary>A number above 0 and at most 1.</summary>
    public static Option<double?> Factor(string name, string description) =>
        Number(name, description, value => value is > 0 and <= 1, "a number above 0 and at most 1, such as 0.8");

    private static Option<double?> Number(string name, string description, Func<double, bool> allowed, string range) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && allowed(value))
            {
                return value;
            }

            result.AddError($"{name} is '{text}'; use {range}.");
            return null;
        },
    };

    /// <summary>One of several names.</summary>
    public static Option<string?> Choice(string name, string description, params string[] names) => new(name)
    {
        Description = $"{description}: {string.Join(", ", names)}",
        HelpName = "NAME",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (names.Contains(text, StringComparer.Ordinal))
            {
                return text;
            }

            result.AddError($"{name} is '{text}'; use {string.Join(", ", names[..^1])} or {names[^1]}.");
            return null;
        },
    };

    /// <summary>A path or a text.</summary>
    public static Option<string?> Text(string name, string kind, string description, bool allowEmpty = false) => new(name)
    {
        Description = description,
        HelpName = kind,
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (allowEmpty || !string.IsNullOrWhiteSpace(text))
            {
                return text;
            }

            result.AddError($"{name} is empty; give a {kind.ToLowerInvariant()}.");
            return null;
        },
    };

    /// <summary>What is wrong with a command line, in one sentence; null when nothing is.</summary>
    public static string? FirstMistake(ParseResult parsed)
    {
        ParseError? error = parsed.Errors.Count == 0 ? null : parsed.Errors[0];
        if (error is null)
        {
            return null;
        }

        // A word where a command should be: the library says only that a command is missing.
        if (parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command.Action is null && parsed.CommandResult.Command.Subcommands.Count > 0)
        {
            return $"There is no command '{parsed.UnmatchedTokens[0]}'; see --help.";
        }

        // An option at the end of the line, without its value, is the one case that the library words in its own way.
        if (error.SymbolResult is OptionResult { Tokens.Count: 0 } option)
        {
            return option.IdentifierToken is null
                ? $"{option.Option.Name} is missing; see --help."
                : $"{option.Option.Name} needs a value; see --help.";
        }

        return error.Message.TrimEnd().TrimEnd('.') + (error.Message.Contains("--help", StringComparison.Ordinal) || error.SymbolResult is OptionResult ? "." : "; see --help.");
    }
}
