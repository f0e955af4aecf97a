using SdCompiler.Runtime;

namespace SdCompiler;

/// <summary>What every compiled model has, for code that serves many models. The generator implements it.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TTrainer">Its trainer.</typeparam>
/// <typeparam name="TBatch">What one step takes.</typeparam>
public interface ILstmModel<TSelf, TTrainer, TBatch>
    where TSelf : ILstmModel<TSelf, TTrainer, TBatch>
    where TTrainer : LstmTrainer<TBatch>
    where TBatch : LstmBatch
{
    /// <summary>What the compiler decided for the model.</summary>
    static abstract ModelPlan Plan { get; }

    /// <summary>The weights, shared by all trainers and predictors of this model.</summary>
    ModelParameters Parameters { get; }

    /// <summary>Reads a model from a weight file or the newest weights of a checkpoint.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <exception cref="CheckpointException">It is missing, damaged, or of another model.</exception>
    static abstract TSelf Load(string path);

    /// <summary>Writes the weights as one safetensors file with PyTorch's names and layout.</summary>
    /// <param name="path">The file; replaced in one step when it exists.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    void Save(string path);

    /// <summary>A trainer of the model, of the first variant where there are several.</summary>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="options">How the trainer runs, or null for the defaults.</param>
    TTrainer CreateTrainer(Optimizer optimizer, TrainerOptions? options = null);
}
