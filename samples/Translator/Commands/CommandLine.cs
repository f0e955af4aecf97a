using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Models;
using SdCompiler.Samples.Translator.Scoring;

namespace SdCompiler.Samples.Translator.Commands;

/// <summary>The commands and options of the program.</summary>
internal sealed class CommandLine
{
    private readonly Option<string?> _output = CommandOptions.Text("--output", "FILE", "Where to write; a file that exists is replaced (default: the terminal)");
    private readonly Option<string?> _checkpoint = CommandOptions.Text("--checkpoint", "DIR", "Folder of the checkpoint");
    private readonly Option<int?> _threads = CommandOptions.Whole("--threads", "Threads (default: all processors)", 1, 64);
    private readonly DataArguments _data = new();
    private readonly SearchArguments _search = new();
    private readonly CommandContext _context;

    private CommandLine(CommandContext context) => _context = context;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(string[] args, CommandContext context) => CommandRunner.Run(new CommandLine(context).Build(), args, context);

    private RootCommand Build()
    {
        RootCommand root = new("Trains translators with structured dropout, translates, and measures translations; without a command it trains on a small language pair of its own.")
        {
            Train(),
            Translate(),
            Evaluate(),
            Models(),
            Bleu(),
            new Command("bpe", "Split words into subwords by byte pair encoding") { Learn(), Apply() },
        };
        root.SetAction(_ => new TrainCommand(_context).Run(new TrainRequest { Data = DataOptions.Own, Coding = new CodingOptions() }));
        return root;
    }

    private Command Train()
    {
        CodingArguments coding = new();
        Option<string?> model = CommandOptions.Choice("--model", "The model (default luong; toy without --data)", ModelCatalog.Names.ToArray());
        Option<string?> pattern = CommandOptions.Choice("--pattern", "The dropout pattern (default structured)", DropoutNames.Patterns<Dropout>());
        Option<string?> sites = CommandOptions.Choice("--sites", "Dropout on non-recurrent connections only, or on recurrent ones too (default nr+rh)", DropoutNames.Sites);
        Option<int?> epochs = CommandOptions.Whole("--epochs", "Passes over the training text (default: the model's own number)", 1);
        Option<string?> optimizer = CommandOptions.Choice("--optimizer", "The optimizer (default: the model's own)", TrainingRecipe.Optimizers);
        Option<double?> rate = CommandOptions.NotNegative("--rate", "The learning rate of the first epochs (default: the model's own; 1 for sgd, 0.001 for adam)");
        Option<int?> fullEpochs = CommandOptions.Whole("--full-epochs", "Epochs after which the learning rate falls at the latest; a worse validation makes it fall before (default: the model's own number)", 1);
        Option<double?> decay = CommandOptions.Factor("--decay", "What the learning rate is multiplied by after each epoch from then on (default: the model's own factor)");
        Option<int?> maxSteps = CommandOptions.Whole("--max-steps", "Stop after this many steps", 1);
        Option<int?> seed = CommandOptions.Whole("--seed", "Seed of every random choice (default 1)", 0);
        Option<bool> resume = new("--resume") { Description = "Go on from the checkpoint as if the run had never stopped" };
        Option<string?> metrics = CommandOptions.Text("--metrics", "FILE", "Write one JSON line per epoch and one at the end");
        Command command = new("train", "Train a model");
        _data.AddTo(command, TextPart.All);
        coding.AddTo(command);
        foreach (Option option in new Option[] { model, pattern, sites, epochs, optimizer, rate, fullEpochs, decay, maxSteps, _threads, seed, _checkpoint, resume, metrics })
        {
            command.Add(option);
        }

        command.SetAction(parsed => new TrainCommand(_context).Run(new TrainRequest
        {
            Data = _data.Read(parsed),
            Coding = coding.Read(parsed),
            Model = parsed.GetValue(model),
            Pattern = parsed.GetValue(pattern),
            Sites = parsed.GetValue(sites),
            Epochs = parsed.GetValue(epochs),
            Optimizer = parsed.GetValue(optimizer),
            Rate = parsed.GetValue(rate),
            FullEpochs = parsed.GetValue(fullEpochs),
            Decay = parsed.GetValue(decay),
            MaxSteps = parsed.GetValue(maxSteps),
            Threads = parsed.GetValue(_threads),
            Seed = parsed.GetValue(seed),
            Checkpoint = parsed.GetValue(_checkpoint),
            Resume = parsed.GetValue(resume),
            Metrics = parsed.GetValue(metrics),
        }));
        return command;
    }

    private Command Translate()
    {
        Argument<string?> input = new("FILE") { Description = "Tokenised sentences, one per line; .gz too (default: standard input)", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("translate", "Translate sentences with the last checkpoint of a run") { input, _checkpoint, _output, _threads };
        _search.AddTo(command, several: true);
        command.SetAction(parsed => new TranslateCommand(_context).Run(new TranslateRequest(
            Required(parsed, _checkpoint),
            parsed.GetValue(input),
            parsed.GetValue(_output),
            _search.Read(parsed),
            parsed.GetValue(_threads))));
        return command;
    }

    private Command Evaluate()
    {
        Option<string?> split = CommandOptions.Choice("--split", "The text (default valid)", "valid", "test");
        Command command = new("evaluate", "Measure perplexity and BLEU of the last checkpoint of a run; --output writes the translations") { _checkpoint, split, _output, _threads };
        _data.AddTo(command, TextPart.Valid, TextPart.Test);
        _search.AddTo(command, several: false);
        command.SetAction(parsed => new EvaluateCommand(_context).Run(new EvaluateRequest(
            Required(parsed, _checkpoint),
            _data.Read(parsed),
            parsed.GetValue(split) == "test" ? TextPart.Test : TextPart.Valid,
            _search.Read(parsed),
            parsed.GetValue(_threads),
            parsed.GetValue(_output))));
        return command;
    }

    private Command Models()
    {
        Command command = new("models", "List models and variants, with parameters, multiply-adds per token and ceiling speedup");
        command.SetAction(_ => new ModelsCommand(_context).Run());
        return command;
    }

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

    private static string Required(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw new UsageException($"{option.Name} is missing; {parsed.CommandResult.Command.Name} needs a {option.HelpName}.");
}
