using System;
using System.CommandLine;
using System.Linq;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Models;
using SdCompiler.Samples.LanguageModel.Commands;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Commands;

/// <summary>The commands and options of the program.</summary>
internal sealed class BenchmarkCommandLine
{
    private const string DefaultModel = "zaremba-medium";

    private readonly Option<string?> _model = CommandOptions.Choice("--model", $"The model (default {DefaultModel})", StepModels.Names.ToArray());
    private readonly Option<int?> _threads = CommandOptions.Whole("--threads", "Threads (default: all processors)", 1, 64);
    private readonly Option<string?> _kernels = CommandOptions.Choice("--kernels", "The kernel set (default: the best one)", KernelSet.Available.Select(set => set.Name).ToArray());
    private readonly Option<string?> _json = CommandOptions.Text("--json", "FILE", "Write the results as JSON");
    private readonly CommandContext _context;
    private readonly string _line;

    private BenchmarkCommandLine(CommandContext context, string line)
    {
        _context = context;
        _line = line;
    }

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(string[] args, CommandContext context) => CommandRunner.Run(new BenchmarkCommandLine(context, RecordedLine.Of(args)).Build(), args, context);

    private RootCommand Build() => new("Measures training steps, generation, single products and how they scale, beside the machine's own peak.")
    {
        Step(),
        Generation(),
        KernelSweep(),
        Scaling(),
        Memory(),
        Generator(),
        Readme(),
    };

    private Command Readme()
    {
        Option<string?> results = CommandOptions.Text("--results", "DIR", $"Folder with a folder of result files for each machine (default {ReadmeRequest.DefaultResults})");
        Option<string?> readme = CommandOptions.Text("--readme", "FILE", $"The file to bring up to date (default {ReadmeRequest.DefaultReadme})");
        Option<bool> check = new("--check") { Description = "Change nothing; exit with 1 where the file is not up to date" };
        Command command = new("readme", "Write the README's tables from the results of step") { results, readme, check };
        command.SetAction(parsed => new ReadmeCommand(_context).Run(new ReadmeRequest(
            parsed.GetValue(results) ?? ReadmeRequest.DefaultResults,
            parsed.GetValue(readme) ?? ReadmeRequest.DefaultReadme,
            parsed.GetValue(check))));
        return command;
    }

    private Command Generator()
    {
        Option<int?> models = CommandOptions.Whole("--models", "Models of the project (default 50)", 1, 1000);
        Option<int?> runs = CommandOptions.Whole("--runs", "Edits of each kind (default 20)", 1, 1000);
        Command command = new("generator", "Measure what the generator costs an editor after each kind of edit") { models, runs };
        command.SetAction(parsed => new GeneratorCommand(_context).Run(parsed.GetValue(models) ?? 50, parsed.GetValue(runs) ?? 20));
        return command;
    }

    private Command Step()
    {
        Option<int?> runs = CommandOptions.Whole("--runs", "Rounds, in each of which everything is measured once (default 7)", 1, 1000);
        Option<string?> peers = CommandOptions.Text("--peers", "DIR", "Folder with onednn_lm.cpp and pytorch_lm.py, to measure them in the same rounds");
        Option<string[]?> patterns = ListOptions.Choices("--pattern", "A dropout pattern, once or several times; dense is always measured", DropoutNames.Patterns<Dropout>());
        Option<string?> sites = CommandOptions.Choice("--sites", "Dropout on non-recurrent connections only, or on recurrent ones too", DropoutNames.Sites);
        Command command = new("step", "Measure whole training steps, phase by phase") { _model, _threads, runs, peers, patterns, sites, _kernels, _json };
        command.SetAction(parsed => new StepCommand(_context).Run(new StepRequest
        {
            Model = StepModels.Find(parsed.GetValue(_model) ?? DefaultModel),
            Threads = parsed.GetValue(_threads) ?? Environment.ProcessorCount,
            Runs = parsed.GetValue(runs) ?? 7,
            Peers = parsed.GetValue(peers),
            Patterns = Given(parsed, patterns) ?? [],
            Sites = parsed.GetValue(sites),
            Kernels = Kernels(parsed),
            Json = parsed.GetValue(_json),
            CommandLine = _line,
        }));
        return command;
    }

    private Command Generation()
    {
        Option<string[]?> models = ListOptions.Choices("--model", $"A model, once or several times (default {DefaultModel})", ModelCatalog.Measured.ToArray());
        Option<int?> runs = CommandOptions.Whole("--runs", "Rounds, in each of which everything is measured once (default 7)", 1, 1000);
        Option<string?> peers = CommandOptions.Text("--peers", "DIR", "Folder with onednn_lm.cpp, to measure it in the same rounds");
        Command command = new("generation", "Measure what a token costs that is read alone: one row, one time step") { models, _threads, runs, peers, _kernels, _json };
        command.SetAction(parsed => new GenerationCommand(_context).Run(new GenerationRequest(
            (Given(parsed, models) ?? [DefaultModel]).Distinct().Select(ModelCatalog.Find).ToArray(),
            parsed.GetValue(_threads) ?? Environment.ProcessorCount,
            parsed.GetValue(runs) ?? 7,
            parsed.GetValue(peers),
            Kernels(parsed),
            parsed.GetValue(_json),
            _line)));
        return command;
    }

    private Command KernelSweep()
    {
        Option<int[]?> units = ListOptions.Wholes("--units", "Sizes H of the layer", 1, 4096);
        Option<int[]?> rows = ListOptions.Wholes("--rows", "Batch sizes B", 1, 512);
        Option<double[]?> keep = ListOptions.Shares("--keep", "Shares of the units that dropout keeps");
        Command command = new("kernels", "Measure each product of a layer on one thread") { units, rows, keep, _kernels, _json };
        command.SetAction(parsed => new KernelsCommand(_context).Run(new KernelsRequest(
            Given(parsed, units) ?? KernelsCommand.Units,
            Given(parsed, rows) ?? KernelsCommand.Rows,
            Given(parsed, keep) ?? KernelsCommand.Keep,
            Kernels(parsed),
            parsed.GetValue(_json),
            _line)));
        return command;
    }

    private Command Scaling()
    {
        Option<string?> model = CommandOptions.Choice("--model", $"The model (default {DefaultModel})", ModelCatalog.Measured.ToArray());
        Option<int?> runs = CommandOptions.Whole("--runs", "Rounds, in each of which every size is measured once (default 5)", 1, 1000);
        Option<string[]?> sweeps = ListOptions.Choices("--sweep", "What varies, once or several times (default: each in turn)", Enum.GetNames<Sweep>().Select(name => name.ToLowerInvariant()).ToArray());
        Command command = new("scaling", "Measure how step time grows with time steps, rows, threads and units") { model, _threads, runs, sweeps, _kernels, _json };
        command.SetAction(parsed => new ScalingCommand(_context).Run(new ScalingRequest(
            ModelCatalog.Find(parsed.GetValue(model) ?? DefaultModel),
            parsed.GetValue(_threads) ?? Environment.ProcessorCount,
            Given(parsed, sweeps)?.Select(name => Enum.Parse<Sweep>(name, ignoreCase: true)).Distinct().ToArray() ?? Enum.GetValues<Sweep>(),
            parsed.GetValue(runs) ?? 5,
            Kernels(parsed),
            parsed.GetValue(_json),
            _line)));
        return command;
    }

    private Command Memory()
    {
        Option<string?> pattern = CommandOptions.Choice("--pattern", "The dropout pattern", DropoutNames.Patterns<Dropout>());
        Option<string?> sites = CommandOptions.Choice("--sites", "Where it drops units", DropoutNames.Sites);
        Command command = new(MemoryCommand.Name, "Print the most memory that training one pattern needs") { _model, _threads, pattern, sites, _kernels };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            StepModel model = StepModels.Find(parsed.GetValue(_model) ?? DefaultModel);
            StepVariant variant = StepVariants.Find(model, parsed.GetValue(pattern) ?? StepVariant.Dense.Pattern, parsed.GetValue(sites));
            return new MemoryCommand(_context).Run(model, variant, parsed.GetValue(_threads) ?? Environment.ProcessorCount, Kernels(parsed));
        });
        return command;
    }

    /// <summary>The values of a list; null where it was not given, for which the library has an empty list.</summary>
    private static T[]? Given<T>(ParseResult parsed, Option<T[]?> option) => parsed.GetValue(option) is { Length: > 0 } values ? values : null;

    private KernelSet Kernels(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(_kernels) is string name ? KernelSet.ByName(name) : KernelSet.Best;
        }
        catch (InvalidOperationException e)
        {
            // SDCOMPILER_KERNELS names a set that cannot run here; the message says which can.
            throw new UserErrorException(e.Message, e);
        }
    }
}
