using System;
using System.Collections.Generic;
using SdCompiler.Runtime;
using SdCompiler.Samples.Benchmarks.Measuring;
using SdCompiler.Samples.Benchmarks.Peers;

namespace SdCompiler.Samples.Benchmarks.Models;

/// <summary>A model whose whole training steps can be measured, whatever its batches are.</summary>
internal abstract class StepModel
{
    /// <summary>The value of <c>--model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A few words on what it is.</summary>
    public required string Description { get; init; }

    /// <summary>What the compiler decided.</summary>
    public required ModelPlan Plan { get; init; }

    /// <summary>The values of its dimensions, in the order of the plan; the first is its words.</summary>
    public required int[] Dimensions { get; init; }

    /// <summary>The regimes that it is compiled for; only the dense one where it declares no dropout.</summary>
    public required IReadOnlyList<StepVariant> Variants { get; init; }

    /// <summary>Those that are measured unless others are asked for; dense need not be among them.</summary>
    public required IReadOnlyList<StepVariant> Usual { get; init; }

    /// <summary>The sizes with which peers train it, or null where its own do not fit them; null itself for a kind of model that no peer trains.</summary>
    public Func<PeerShape?>? Peer { get; init; }

    /// <summary>Words of its vocabulary.</summary>
    public int Words => Dimensions[0];

    /// <summary>What the batches have together that are measured.</summary>
    public abstract BatchSizes Sizes { get; }

    /// <summary>What the plan says of the mean step that is measured.</summary>
    /// <param name="variant">The variant.</param>
    public StepWork Work(StepVariant variant) => Sizes.Work(Plan.Variant(variant.Name), Dimensions);

    /// <summary>Makes first weights.</summary>
    /// <returns>What makes a meter of a variant for a number of threads and kernels; its meters share weights and batches, as weights hardly move.</returns>
    public abstract Func<StepVariant, int, KernelSet, StepMeter> Create();
}
