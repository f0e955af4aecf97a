using System;
using SdCompiler.Samples.LanguageModel.Models;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.LanguageModel.Training;

/// <summary>A checkpoint of this program, opened: the settings of its run and its words, and the model where it is wanted.</summary>
internal sealed class SavedModel
{
    /// <summary>The file of the checkpoint that lists the words, one per line.</summary>
    public const string VocabularyFile = "vocabulary.txt";

    private SavedModel(CheckpointReader checkpoint, RunSettings settings, Vocabulary vocabulary)
    {
        Checkpoint = checkpoint;
        Settings = settings;
        Vocabulary = vocabulary;
    }

    public CheckpointReader Checkpoint { get; }

    public RunSettings Settings { get; }

    public Vocabulary Vocabulary { get; }

    public ModelEntry Entry => ModelCatalog.Find(Settings.Model);

    /// <summary>Opens the latest checkpoint of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    /// <exception cref="UserErrorException">Another program wrote it.</exception>
    public static SavedModel Open(string folder)
    {
        CheckpointReader checkpoint = CheckpointReader.Open(folder);
        RunSettings settings = RunSettings.ReadFrom(checkpoint.Properties, folder);
        try
        {
            Vocabulary vocabulary = new(checkpoint.ReadText(VocabularyFile).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return new SavedModel(checkpoint, settings, vocabulary);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{folder}: the checkpoint's {VocabularyFile} is no list of words; give an undamaged checkpoint.", e);
        }
    }

    /// <summary>The model with its trained weights.</summary>
    public LanguageModelInstance Load() => Entry.Load(Checkpoint.WeightsPath);
}
