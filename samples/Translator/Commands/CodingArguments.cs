using System.CommandLine;
using System.CommandLine.Parsing;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>The options that say how words become numbers.</summary>
internal sealed class CodingArguments
{
    private readonly Option<string?> _bpe = CommandOptions.Text("--bpe", "FILE", $"Merges that split words, or '{CodingOptions.NoMerges}' (default: a file *.codes beside the texts)");
    private readonly Option<int?> _merges = CommandOptions.Whole("--bpe-merges", "Learn so many merges from both training texts together", 1);
    private readonly Option<int?> _minCount = CommandOptions.Whole("--min-count", "The fewest occurrences of a token that the vocabulary has (default 2 for words, 1 for subwords)", 1);
    private readonly Option<string?> _source = CommandOptions.Text("--source-vocabulary", "FILE", "Source tokens, one per line (default: vocab.SRC beside the texts, or counted)");
    private readonly Option<string?> _target = CommandOptions.Text("--target-vocabulary", "FILE", "Target tokens, one per line (default: vocab.TGT beside the texts, or counted)");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_bpe);
        command.Add(_merges);
        command.Add(_minCount);
        command.Add(_source);
        command.Add(_target);
    }

    /// <summary>What the user said.</summary>
    public CodingOptions Read(ParseResult parsed) => new()
    {
        Bpe = parsed.GetValue(_bpe),
        BpeMerges = parsed.GetValue(_merges),
        MinCount = parsed.GetValue(_minCount),
        SourceVocabulary = parsed.GetValue(_source),
        TargetVocabulary = parsed.GetValue(_target),
    };
}
