using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs fused chains. Guarantees how each chain is unrolled: completely up to 64 steps, beyond that in methods of 32 steps, so that neither the user's editor
/// nor the just-in-time compiler is drowned; and into how many chunks of steps the loss is cut, unless a dimension decides it.
/// </summary>
internal static class UnrollTime
{
    /// <summary>The longest window that is unrolled completely.</summary>
    public const int CompleteSteps = 64;

    /// <summary>Steps of one method beyond it.</summary>
    public const int GroupSteps = 32;

    /// <summary>The most bytes of logits that exist at once, unless one step alone has more; the same rule as the runtime's LateBuffer.</summary>
    public const long ChunkBytes = 32L << 20;

    public static LstmGraph Run(LstmGraph graph)
    {
        return graph with
        {
            ChunkSteps = Chunk(graph),
            Nodes = graph.Nodes.Select(node => node.Kind is NodeKind.RecurrentCell or NodeKind.RecurrentCellGradient
                ? node with { Unrolling = graph.StepsOf(graph.Values[node.Reads[0]]) <= CompleteSteps ? Unrolling.Complete : Unrolling.Groups }
                : node).ToImmutableArray(),
        };
    }

    private static int Chunk(LstmGraph graph)
    {
        Value? logits = graph.Values.FirstOrDefault(value => value.Extent == ValueExtent.Chunk);
        if (logits is null)
        {
            return 1;
        }

        if (!logits.Width.IsConstant)
        {
            return 0;
        }

        long most = ChunkBytes / (graph.SlotFloats(logits) * sizeof(float));
        most = most < 1 ? 1 : most > graph.TimeSteps ? graph.TimeSteps : most;
        long chunks = (graph.TimeSteps + most - 1) / most;
        return (int)((graph.TimeSteps + chunks - 1) / chunks);
    }
}
