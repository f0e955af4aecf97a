using System.CommandLine;
using System.CommandLine.Parsing;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>The options that say how translations are searched for.</summary>
internal sealed class SearchArguments
{
    private readonly Option<int?> _beam = CommandOptions.Whole("--beam", "Partial translations that are kept at each step; 1 is greedy search (default 5)", 1, 1000);
    private readonly Option<int?> _best = CommandOptions.Whole("--n-best", "Translations per sentence, as lines 'sentence ||| translation ||| score' (default: the best one alone)", 1, 1000);
    private readonly Option<double?> _lengthPenalty = CommandOptions.NotNegative("--length-penalty", "How much longer translations are favoured; 0 compares probabilities alone (default 1)");
    private readonly Option<int?> _maximumLength = CommandOptions.Whole("--max-length", "The most tokens of a translation (default: by the source's length)", 1, 100_000);
    private readonly Option<bool> _replaceUnknown = new("--replace-unknown") { Description = "Write the most attended source word in place of <unk>" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="several">Whether the command can give several translations of a sentence.</param>
    public void AddTo(Command command, bool several)
    {
        command.Add(_beam);
        command.Add(_lengthPenalty);
        command.Add(_maximumLength);
        command.Add(_replaceUnknown);
        if (several)
        {
            command.Add(_best);
        }
    }

    /// <summary>What the user said.</summary>
    public SearchRequest Read(ParseResult parsed) => new()
    {
        Beam = parsed.GetValue(_beam),
        Best = parsed.GetValue(_best),
        LengthPenalty = parsed.GetValue(_lengthPenalty),
        MaximumLength = parsed.GetValue(_maximumLength),
        ReplaceUnknown = parsed.GetValue(_replaceUnknown),
    };
}
