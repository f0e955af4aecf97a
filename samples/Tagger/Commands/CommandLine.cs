using System.CommandLine;
using System.CommandLine.Parsing;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Training;

namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>The commands and options of the program.</summary>
internal sealed class CommandLine
{
    private readonly Option<string?> _checkpoint = CommandOptions.Text("--checkpoint", "DIR", "Folder of the checkpoint");
    private readonly Option<int?> _threads = CommandOptions.Whole("--threads", "Threads (default: all processors)", 1, 64);
    private readonly CommandContext _context;

    private CommandLine(CommandContext context) => _context = context;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(string[] args, CommandContext context) => CommandRunner.Run(new CommandLine(context).Build(), args, context);

    private RootCommand Build() => new("Finds names of persons, places and organisations in text: trains taggers, measures them, and tags.")
    {
        Train(),
        Evaluate(),
        Tag(),
        Score(),
    };

    private Command Train()
    {
        Option<string?> data = CommandOptions.Text("--data", "DIR", "Folder with column files: train.txt and valid.txt (or dev.txt), or eng.train and eng.testa, the same for the test; .gz too (default: sentences of the program's own)");
        Option<string?> vectors = CommandOptions.Text("--vectors", "FILE", "Word vectors of 100 numbers to begin with, in the text format of word2vec and GloVe; .gz too");
        Option<string?> fineTune = CommandOptions.Choice("--fine-tune", "Whether training changes the words' vectors (default on)", RunSettings.FineTuneNames);
        Option<string?> spelling = CommandOptions.Choice("--spelling", "What sees the characters of a word: a convolution, or an LSTM from both ends (default cnn)", RunSettings.SpellingNames);
        Option<string?> pattern = CommandOptions.Choice("--pattern", "The dropout pattern (default structured)", DropoutNames.Patterns<Dropout>());
        Option<string?> sites = CommandOptions.Choice("--sites", "Dropout on non-recurrent connections only, or on recurrent ones too (default nr)", DropoutNames.Sites);
        Option<string?> batches = CommandOptions.Choice("--batches", "Which sentences share a batch: those of similar length, or any (default bucketed)", RunSettings.BatchNames);
        Option<int?> epochs = CommandOptions.Whole("--epochs", "Passes over the training text (default 50; 5 without --data)", 1);
        Option<int?> patience = CommandOptions.Whole("--patience", "Stop after this many epochs without a better validation (default: never)", 1);
        Option<int?> maxSteps = CommandOptions.Whole("--max-steps", "Stop after this many steps", 1);
        Option<int?> seed = CommandOptions.Whole("--seed", "Seed of every random choice (default 1)", 0);
        Option<bool> resume = new("--resume") { Description = "Go on from the checkpoint as if the run had never stopped" };
        Option<string?> metrics = CommandOptions.Text("--metrics", "FILE", "Write one JSON line per epoch and one at the end");
        Command command = new("train", "Train a tagger") { data, vectors, fineTune, spelling, pattern, sites, batches, epochs, patience, maxSteps, _threads, seed, _checkpoint, resume, metrics };
        command.SetAction(parsed => new TrainCommand(_context).Run(new TrainRequest
        {
            Data = parsed.GetValue(data),
            Vectors = parsed.GetValue(vectors),
            FineTune = parsed.GetValue(fineTune),
            Spelling = parsed.GetValue(spelling),
            Pattern = parsed.GetValue(pattern),
            Sites = parsed.GetValue(sites),
            Batches = parsed.GetValue(batches),
            Epochs = parsed.GetValue(epochs),
            Patience = parsed.GetValue(patience),
            MaxSteps = parsed.GetValue(maxSteps),
            Threads = parsed.GetValue(_threads),
            Seed = parsed.GetValue(seed),
            Checkpoint = parsed.GetValue(_checkpoint),
            Resume = parsed.GetValue(resume),
            Metrics = parsed.GetValue(metrics),
        }));
        return command;
    }

    private Command Evaluate()
    {
        Argument<string> file = new("FILE") { Description = "Column file: the word in the first column, the right tag in the last; .gz too" };
        Command command = new("evaluate", "Precision, recall and F1 of a checkpoint's best epoch on a column file") { file, _checkpoint, _threads };
        command.SetAction(parsed => new EvaluateCommand(_context).Run(Required(parsed, _checkpoint), parsed.GetRequiredValue(file), parsed.GetValue(_threads)));
        return command;
    }

    private Command Tag()
    {
        Argument<string?> file = new("FILE") { Description = "The text: one sentence per line, words and punctuation marks separated by spaces; .gz too (default: standard input)", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> columns = new("--columns") { Description = "The text is a column file: the word in the first column, an empty line after each sentence; the tag becomes one more column" };
        Command command = new("tag", "Write a text with the tags of a checkpoint's best epoch, in BIO2") { file, columns, _checkpoint, _threads };
        command.SetAction(parsed => new TagCommand(_context).Run(new TagRequest(Required(parsed, _checkpoint), parsed.GetValue(file), parsed.GetValue(columns), parsed.GetValue(_threads))));
        return command;
    }

    private Command Score()
    {
        Argument<string> file = new("FILE") { Description = "Column file whose last two columns are the gold and the predicted tag; .gz too" };
        Command command = new("score", "Precision, recall and F1 of whole entities, counted as the CoNLL shared tasks' scorer counts") { file };
        command.SetAction(parsed => new ScoreCommand(_context).Run(parsed.GetRequiredValue(file)));
        return command;
    }

    private static string Required(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw new UsageException($"{option.Name} is missing; {parsed.CommandResult.Command.Name} needs a {option.HelpName}.");
}
