using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Tagger.Models;
using SdCompiler.Samples.Tagger.Vocabulary;

namespace SdCompiler.Samples.Tagger.Training;

/// <summary>A checkpoint of this program, opened: the settings of its run and its words, and the model where it is wanted.</summary>
internal sealed class SavedTagger
{
    private SavedTagger(CheckpointReader checkpoint, RunSettings settings, TaggerVocabulary vocabulary)
    {
        Checkpoint = checkpoint;
        Settings = settings;
        Vocabulary = vocabulary;
    }

    public CheckpointReader Checkpoint { get; }

    public RunSettings Settings { get; }

    public TaggerVocabulary Vocabulary { get; }

    /// <summary>Opens a checkpoint of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="choice">Which one.</param>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    /// <exception cref="UserErrorException">Another program wrote it.</exception>
    public static SavedTagger Open(string folder, CheckpointChoice choice)
    {
        CheckpointReader checkpoint = CheckpointReader.Open(folder, choice);
        RunSettings settings = RunSettings.ReadFrom(checkpoint.Properties, folder);
        return new SavedTagger(checkpoint, settings, TaggerVocabulary.Load(checkpoint.VersionFolder));
    }

    /// <summary>Opens the checkpoint of the epoch with the best validation, or the latest where no epoch has ended yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CheckpointException">There is none, it is damaged, or the best one is gone: another one in its place would be another tagger.</exception>
    /// <exception cref="UserErrorException">Another program wrote it.</exception>
    public static SavedTagger OpenBest(string folder)
    {
        if (CheckpointReader.HasBest(folder))
        {
            return Open(folder, CheckpointChoice.Best);
        }

        SavedTagger latest = Open(folder, CheckpointChoice.Latest);
        bool knowsBest = latest.Checkpoint.Position is TrainingPosition position && double.IsFinite(position.Best);
        bool isOneVersion = !CheckpointReader.Exists(folder);
        return knowsBest && !isOneVersion ? Open(folder, CheckpointChoice.Best) : latest;
    }

    /// <summary>The model with its trained weights.</summary>
    public TaggerModel Load() => TaggerModel.Load(Checkpoint.WeightsPath, Vocabulary, Settings.Kind);
}
