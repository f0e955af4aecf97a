using System;

namespace SdCompiler;

public abstract partial class LstmTrainer
{
    /// <summary>Writes a checkpoint from which training goes on as if it had never stopped. A folder with a checkpoint keeps that one until the new one is complete.</summary>
    /// <param name="path">The checkpoint's folder; made where it does not exist.</param>
    /// <param name="content">What the application adds: position, text files; null for nothing.</param>
    /// <exception cref="CheckpointException">The checkpoint cannot be written; the one before it is undamaged.</exception>
    public void Save(string path, CheckpointContent? content = null) => new CheckpointWriter(path).Save(this, content);

    /// <summary>Takes weights, optimizer, carried state, counts and seed over from a checkpoint; nothing changes when it cannot be read.</summary>
    /// <param name="path">The checkpoint's folder.</param>
    /// <exception cref="CheckpointException">There is no checkpoint, it is damaged, or it belongs to another model or optimizer.</exception>
    public void Load(string path) => Load(CheckpointReader.Open(path));

    /// <summary>Takes weights, optimizer, carried state, counts and seed over from an opened checkpoint; nothing changes when it cannot be read.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <exception cref="CheckpointException">It is damaged, or belongs to another model or optimizer.</exception>
    public void Load(CheckpointReader checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        TrainerCheckpoint.Load(this, checkpoint);
    }
}
