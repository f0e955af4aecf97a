using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Commands;

/// <summary>The commands and options of the program.</summary>
internal sealed class CommandLine
{
    private readonly Option<string?> _data = CommandOptions.Text("--data", "DIR", "Folder with ptb.train.txt or train.txt, the same for valid and test; .gz too");
    private readonly Option<string?> _checkpoint = CommandOptions.Text("--checkpoint", "DIR", "Folder of the checkpoint");
    private readonly Option<int?> _seed = CommandOptions.Whole("--seed", "Seed of every random choice (default 1)", 0);
    private readonly CommandContext _context;

    private CommandLine(CommandContext context) => _context = context;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(string[] args, CommandContext context) => CommandRunner.Run(new CommandLine(context).Build(), args, context);

    private RootCommand Build()
    {
        RootCommand root = new("Trains word-level language models with structured dropout; without a command it runs a short comparison on a text of its own.")
        {
            Train(),
            Evaluate(),
            Generate(),
            Models(),
        };
        root.SetAction(_ => new CompareCommand(_context).Run());
        return root;
    }

    private Command Train()
    {
        Option<string?> model = CommandOptions.Choice("--model", "The model (default zaremba-small; demo without --data)", ModelCatalog.Names.ToArray());
        Option<string?> pattern = CommandOptions.Choice("--pattern", "The dropout pattern (default structured; random is an AWD-LSTM's own)", DropoutNames.Patterns<Dropout>());
        Option<string?> sites = CommandOptions.Choice("--sites", "Dropout on non-recurrent connections only, or on recurrent ones too (default nr+rh)", DropoutNames.Sites);
        Option<int?> epochs = CommandOptions.Whole("--epochs", "Passes over the training text (default: the model's own number)", 1);
        Option<int?> fullEpochs = CommandOptions.Whole("--full-epochs", "Epochs with the full learning rate (default: the model's own number)", 0);
        Option<double?> decay = CommandOptions.Factor("--decay", "What the learning rate is multiplied by for each further epoch (default: the model's own factor)");
        Option<int?> maxSteps = CommandOptions.Whole("--max-steps", "Stop after this many steps", 1);
        Option<int?> threads = CommandOptions.Whole("--threads", "Threads (default: all processors)", 1, 64);
        Option<string?> backend = CommandOptions.Choice("--backend", "What to train on (default cpu)", "cpu", "cuda");
        Option<int?> device = CommandOptions.Whole("--device", "The GPU's number (default 0)", 0, 1023);
        Option<bool> tensorFloat32 = new("--tf32") { Description = "Let the GPU round the factors of dense products to 10 binary digits, which is faster" };
        Option<bool> resume = new("--resume") { Description = "Go on from the checkpoint as if the run had never stopped" };
        Option<string?> metrics = CommandOptions.Text("--metrics", "FILE", "Write one JSON line per epoch and one at the end");
        Command command = new("train", "Train a model") { _data, model, pattern, sites, epochs, fullEpochs, decay, maxSteps, threads, backend, device, tensorFloat32, _seed, _checkpoint, resume, metrics };
        command.SetAction(parsed => new TrainCommand(_context).Run(new TrainRequest
        {
            Data = parsed.GetValue(_data),
            Model = parsed.GetValue(model),
            Pattern = parsed.GetValue(pattern),
            Sites = parsed.GetValue(sites),
            Epochs = parsed.GetValue(epochs),
            FullEpochs = parsed.GetValue(fullEpochs),
            Decay = parsed.GetValue(decay),
            MaxSteps = parsed.GetValue(maxSteps),
            Threads = parsed.GetValue(threads),
            Backend = parsed.GetValue(backend) == "cuda" ? Backends.Cuda : Backends.Cpu,
            Device = parsed.GetValue(device),
            TensorFloat32 = parsed.GetValue(tensorFloat32),
            Seed = parsed.GetValue(_seed),
            Checkpoint = parsed.GetValue(_checkpoint),
            Resume = parsed.GetValue(resume),
            Metrics = parsed.GetValue(metrics),
        }));
        return command;
    }

    private Command Evaluate()
    {
        Option<string?> split = CommandOptions.Choice("--split", "The text (default valid)", "valid", "test");
        Command command = new("evaluate", "Measure the perplexity of the last checkpoint of a run") { _checkpoint, _data, split };
        command.SetAction(parsed => new EvaluateCommand(_context).Run(new EvaluateRequest(
            Required(parsed, _checkpoint),
            Required(parsed, _data),
            parsed.GetValue(split) == "test" ? CorpusSplit.Test : CorpusSplit.Valid)));
        return command;
    }

    private Command Generate()
    {
        Option<string?> prompt = CommandOptions.Text("--prompt", "TEXT", "Words to go on from", allowEmpty: true);
        Option<int?> length = CommandOptions.Whole("--length", "Words to write (default 50)", 1);
        Option<double?> temperature = CommandOptions.NotNegative("--temperature", "0 takes the most probable word each time, 1 draws as the model says (default 1)");
        Command command = new("generate", "Write text with the last checkpoint of a run") { _checkpoint, prompt, length, temperature, _seed };
        command.SetAction(parsed => new GenerateCommand(_context).Run(new GenerateRequest(
            Required(parsed, _checkpoint),
            parsed.GetValue(prompt) ?? "",
            parsed.GetValue(length) ?? 50,
            parsed.GetValue(temperature) ?? 1,
            parsed.GetValue(_seed) ?? 1)));
        return command;
    }

    private Command Models()
    {
        Command command = new("models", "List models and variants, with parameters, multiply-adds per token and ceiling speedup");
        command.SetAction(_ => new ModelsCommand(_context).Run());
        return command;
    }

    private static string Required(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw new UsageException($"{option.Name} is missing; {parsed.CommandResult.Command.Name} needs a {option.HelpName}.");
}
