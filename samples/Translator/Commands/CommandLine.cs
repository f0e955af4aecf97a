using System.CommandLine;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Scoring;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>The commands and options of the program.</summary>
internal sealed class CommandLine
{
    private readonly Option<string?> _output = CommandOptions.Text("--output", "FILE", "Where to write (default: the terminal)");
    private readonly CommandContext _context;

    private CommandLine(CommandContext context) => _context = context;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(string[] args, CommandContext context) => CommandRunner.Run(new CommandLine(context).Build(), args, context);

    private RootCommand Build() => new("Measures translations, and splits words into subwords (byte-pair encoding, the files of subword-nmt 0.2); training a translator is not here yet.")
    {
        Bleu(),
        new Command("bpe", "Split words into subwords by byte pair encoding") { Learn(), Apply() },
    };

    private Command Bleu()
    {
        Argument<string> hypotheses = new("HYPOTHESES") { Description = "Translations, one tokenised sentence per line; .gz too" };
        Argument<string[]> references = new("REFERENCES") { Description = "Right translations, one file or several, with as many lines", Arity = ArgumentArity.OneOrMore };
        Option<string?> smoothing = CommandOptions.Choice("--smoothing", "What to do when no n-gram of a length is right (default exp)", "exp", "none");
        Command command = new("bleu", "Corpus BLEU of tokenised text") { hypotheses, references, smoothing };
        command.SetAction(parsed => new BleuCommand(_context).Run(
            parsed.GetRequiredValue(hypotheses),
            parsed.GetRequiredValue(references),
            parsed.GetValue(smoothing) == "none" ? BleuSmoothing.None : BleuSmoothing.Exponential));
        return command;
    }

    private Command Learn()
    {
        Argument<string[]> texts = new("TEXTS") { Description = "Tokenised texts to learn from together; .gz too", Arity = ArgumentArity.OneOrMore };
        Option<int?> merges = CommandOptions.Whole("--merges", "How many merges to learn at most (default 10000)", 1);
        Option<int?> minFrequency = CommandOptions.Whole("--min-frequency", "Stop at pairs that occur less often (default 2)", 1);
        Command command = new("learn", "Learn merges from texts") { texts, merges, minFrequency, _output };
        command.SetAction(parsed => new BpeLearnCommand(_context).Run(
            parsed.GetRequiredValue(texts),
            parsed.GetValue(merges) ?? 10_000,
            parsed.GetValue(minFrequency) ?? 2,
            parsed.GetValue(_output)));
        return command;
    }

    private Command Apply()
    {
        Argument<string> text = new("TEXT") { Description = "Tokenised text to split; .gz too" };
        Option<string?> codes = CommandOptions.Text("--codes", "FILE", "Merges, as learn writes them");
        Option<string?> vocabulary = CommandOptions.Text("--vocabulary", "FILE", "Subwords and their counts, one a line: merges that make others are undone");
        Option<int?> threshold = CommandOptions.Whole("--threshold", "The lowest count that a subword of the vocabulary needs (default 1)", 1);
        Command command = new("apply", "Split the words of a text") { text, codes, vocabulary, threshold, _output };
        command.SetAction(parsed => new BpeApplyCommand(_context).Run(
            parsed.GetRequiredValue(text),
            parsed.GetValue(codes) ?? throw new UsageException("--codes is missing; apply needs a FILE."),
            parsed.GetValue(vocabulary),
            parsed.GetValue(threshold),
            parsed.GetValue(_output)));
        return command;
    }
}
