using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace SdCompiler.Trainer.Tests.Training;

/// <summary>Tests that measure the whole process, one at a time.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is xunit's term.")]
public sealed class AloneCollection;
