using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>The options that say where texts are.</summary>
internal sealed class DataArguments
{
    private readonly Option<string?> _data = CommandOptions.Text("--data", "DIR", "Folder with texts such as train.de and train.en, the same for valid and test; .gz too (default: the sample's own)");
    private readonly Option<string?> _from = CommandOptions.Text("--from", "SUFFIX", "The language to translate from, by the suffix of its files (default: guessed)");
    private readonly Option<string?> _to = CommandOptions.Text("--to", "SUFFIX", "The language to translate into (default: guessed)");
    private readonly Dictionary<TextPart, Option<string?>> _prefixes = TextPart.All.ToDictionary(
        part => part,
        part => CommandOptions.Text(part.Option, "PREFIX", $"What stands before the suffix in the names of the {part.Name} text's files (default: looked for)"));

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parts">The parts that it reads.</param>
    public void AddTo(Command command, params IEnumerable<TextPart> parts)
    {
        command.Add(_data);
        command.Add(_from);
        command.Add(_to);
        foreach (TextPart part in parts)
        {
            command.Add(_prefixes[part]);
        }
    }

    /// <summary>What the user said.</summary>
    /// <exception cref="UsageException">An option needs a folder and there is none.</exception>
    public DataOptions Read(ParseResult parsed)
    {
        string? folder = parsed.GetValue(_data);
        Option<string?>? needless = _prefixes.Values.Append(_from).Append(_to).FirstOrDefault(option => parsed.GetValue(option) is not null);
        if (folder is null && needless is not null)
        {
            throw new UsageException($"{needless.Name} is for texts of a folder; add --data, or leave it out.");
        }

        if (parsed.GetValue(_from) is string from && from == parsed.GetValue(_to))
        {
            throw new UsageException($"--from and --to are both '{from}'; name two languages.");
        }

        return new DataOptions(
            folder,
            parsed.GetValue(_from),
            parsed.GetValue(_to),
            _prefixes.Where(pair => parsed.GetValue(pair.Value) is not null).ToDictionary(pair => pair.Key, pair => parsed.GetValue(pair.Value)!));
    }
}
