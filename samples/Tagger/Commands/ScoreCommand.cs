using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Scoring;

namespace SdCompiler.Samples.Tagger.Commands;

/// <summary>Scores a file of gold and predicted tags.</summary>
internal sealed class ScoreCommand(CommandContext context)
{
    public int Run(string file)
    {
        TaggingScorer scorer = ScoredFile.Score(file);
        if (scorer.HasBioesTags)
        {
            // The numbers stay those of the shared task; whoever reads them should know what they mean.
            context.Error.WriteLine($"{file}: has E- or S- tags, of which the shared tasks' scorer joins touching entities of one type; score BIO2 tags to keep them apart.");
        }

        ScoreTable.Write(scorer.Scores(), context.Output);
        return ExitCodes.Success;
    }
}
