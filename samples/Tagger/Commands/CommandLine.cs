using System.CommandLine;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>The commands and options of the program.</summary>
internal sealed class CommandLine
{
    private readonly CommandContext _context;

    private CommandLine(CommandContext context) => _context = context;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="context">Where it writes, and what stops it.</param>
    /// <returns>0, or the exit code of a failure, which has been explained in one sentence.</returns>
    public static int Run(string[] args, CommandContext context) => CommandRunner.Run(new CommandLine(context).Build(), args, context);

    private RootCommand Build() => new("Scores tagged names of persons, places and organisations; training a tagger is not here yet.")
    {
        Score(),
    };

    private Command Score()
    {
        Argument<string> file = new("FILE") { Description = "Column file whose last two columns are the gold and the predicted tag; .gz too" };
        Command command = new("score", "Precision, recall and F1 of whole entities, counted as the CoNLL shared tasks' scorer counts") { file };
        command.SetAction(parsed => new ScoreCommand(_context).Run(parsed.GetRequiredValue(file)));
        return command;
    }
}
