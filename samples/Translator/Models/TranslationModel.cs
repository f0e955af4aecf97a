using SdCompiler.Samples.Translator.Decoding;
using SdCompiler.Samples.Translator.Training;

namespace SdCompiler.Samples.Translator.Models;

/// <summary>A model of any class of this sample, by what the commands do with it.</summary>
internal abstract class TranslationModel
{
    /// <summary>A trainer of a variant.</summary>
    public abstract ModelTrainer CreateTrainer(Optimizer optimizer, Dropout variant, TrainerOptions options);

    /// <summary>What translates with the weights as they are now.</summary>
    /// <param name="threads">Threads, or 0 for all processors.</param>
    public abstract ISentenceTranslator CreateTranslator(int threads);
}
