using System.Linq;
using SdCompiler.Samples.Shared;
using SdCompiler.Samples.Translator.Data;
using SdCompiler.Samples.Translator.Embedded;
using SdCompiler.Samples.Translator.Models;

namespace SdCompiler.Samples.Translator.Training;

/// <summary>A checkpoint of this program, opened: the settings of its run and its coding, and the model where it is wanted.</summary>
internal sealed class SavedModel
{
    private SavedModel(CheckpointReader checkpoint, RunSettings settings, ModelEntry entry, TextCoding coding)
    {
        Checkpoint = checkpoint;
        Settings = settings;
        Entry = entry;
        Coding = coding;
    }

    public CheckpointReader Checkpoint { get; }

    public RunSettings Settings { get; }

    public ModelEntry Entry { get; }

    public TextCoding Coding { get; }

    /// <summary>Opens the latest checkpoint of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    /// <exception cref="DataFileException">Its vocabularies or merges are missing or damaged.</exception>
    /// <exception cref="UserErrorException">Another program wrote it.</exception>
    public static SavedModel Open(string folder)
    {
        CheckpointReader checkpoint = CheckpointReader.Open(folder);
        RunSettings settings = RunSettings.ReadFrom(checkpoint.Properties, folder);
        ModelEntry entry = ModelCatalog.All.FirstOrDefault(entry => entry.Name == settings.Model) ?? throw RunSettings.NotOurs(folder);
        return new SavedModel(checkpoint, settings, entry, TextCoding.ReadFrom(checkpoint));
    }

    /// <summary>Completes what the user said about texts by what the checkpoint knows.</summary>
    /// <exception cref="UsageException">The model was trained on texts of a folder, and none is named.</exception>
    public DataOptions Complete(DataOptions data) => data.Folder is not null || Settings.Languages == EmbeddedPairs.Languages
        ? data with { From = data.From ?? Settings.Languages.Source, To = data.To ?? Settings.Languages.Target }
        : throw new UsageException($"--data is missing; the checkpoint translates {Settings.Languages}, which the sample's own texts do not.");

    /// <summary>The model with its trained weights.</summary>
    public TranslationModel Load() => Entry.Load(Checkpoint.WeightsPath);
}
