using System;

namespace SdCompiler.Samples.Tagger.Models;

/// <summary>Finds the best tags of a batch.</summary>
/// <param name="batch">The sentences.</param>
/// <param name="tags">[steps, rows]; -1 behind a row's length.</param>
internal delegate void TagAction<TBatch>(TBatch batch, Span<int> tags)
    where TBatch : LstmBatch;
