using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>
/// Needs barriers. Guarantees an offset for every value whose size is known, such that two values share memory only when all lanes meet between the last
/// use of one and the first use of the other; carried states have memory of their own. Largest first, each at the lowest place that is free
/// during its life. A value whose size a dimension decides comes after all others, at a place that the trainer's constructor computes.
/// </summary>
internal static class PlanWorkspace
{
    /// <summary>64 bytes, in floats.</summary>
    public const int Alignment = 16;

    public static LstmGraph Run(LstmGraph graph)
    {
        Value[] values = Lifetimes(graph);
        List<int> placed = new();
        long end = 0;
        IEnumerable<int> order = Enumerable.Range(0, values.Length)
            .Where(i => values[i].Width.IsConstant && values[i].FirstUse >= 0)
            .OrderByDescending(i => Floats(graph, values[i]))
            .ThenBy(i => i);
        foreach (int i in order)
        {
            long offset = 0;
            long size = Floats(graph, values[i]);
            foreach (int other in placed.Where(other => Overlaps(values[i], values[other])).OrderBy(other => values[other].Offset))
            {
                if (offset + size <= values[other].Offset)
                {
                    break;
                }

                long after = values[other].Offset + Floats(graph, values[other]);
                offset = after > offset ? after : offset;
            }

            values[i] = values[i] with { Offset = offset };
            placed.Add(i);
            end = offset + size > end ? offset + size : end;
        }

        return graph with { Values = values.ToImmutableArray(), WorkspaceFloats = end };
    }

    /// <summary>Floats of a value, rounded up to 64 bytes.</summary>
    public static long Floats(LstmGraph graph, Value value) => Padding.Up(graph.SlotFloats(value) * graph.Slots(value), Alignment);

    /// <summary>Whether two values are alive in the same part of the step.</summary>
    public static bool Overlaps(Value a, Value b) => a.FirstUse <= b.LastUse && b.FirstUse <= a.LastUse;

    private static Value[] Lifetimes(LstmGraph graph)
    {
        Value[] values = graph.Values.ToArray();
        int part = 0;
        int groupStart = -1;
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            part += node.BarrierBefore ? 1 : 0;
            int start = part;
            // The parts of a chain or of a chunked loss are run again and again: whatever it touches is alive throughout.
            bool grouped = LossGroup.Contains(graph, i);
            groupStart = !grouped ? -1 : groupStart < 0 ? start : groupStart;
            part += PlaceBarriers.EndsWithBarrier(graph, i) ? 1 : 0;
            foreach (int value in node.Reads.Concat(node.Writes))
            {
                Value old = values[value];
                int first = grouped ? groupStart : start;
                values[value] = old with
                {
                    FirstUse = old.FirstUse < 0 || first < old.FirstUse ? first : old.FirstUse,
                    LastUse = part > old.LastUse ? part : old.LastUse,
                };
            }
        }

        // Values of the loss group live until its end; states for ever.
        int loopFirst = LossGroup.First(graph);
        int loopLast = LossGroup.Last(graph);
        int loopEnd = PartsBefore(graph, loopLast + 1);
        for (int i = loopFirst; i <= loopLast; i++)
        {
            foreach (int value in graph.Nodes[i].Reads.Concat(graph.Nodes[i].Writes))
            {
                values[value] = values[value] with { LastUse = loopEnd > values[value].LastUse ? loopEnd : values[value].LastUse };
            }
        }

        KeepTogether(graph, values);
        return values.Select(value => value.IsState ? value with { FirstUse = 0, LastUse = int.MaxValue } : value).ToArray();
    }

    /// <summary>
    /// What the nodes of a chain of several layers touch is alive from its first part to its last, because all parts are run again at every step; and what either half of the lanes
    /// touches is alive until both are done, because they run at the same time.
    /// </summary>
    private static void KeepTogether(LstmGraph graph, Value[] values)
    {
        int from = -1;
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            if (graph.Nodes[i].Chain == 0 && graph.Nodes[i].Half < 0)
            {
                continue;
            }

            from = from < 0 ? i : from;
            if (!StepChains.IsLast(graph, i) && !PlaceBarriers.EndsHalves(graph, i))
            {
                continue;
            }

            int first = PartsBefore(graph, from) + (graph.Nodes[from].BarrierBefore ? 1 : 0);
            int last = PartsBefore(graph, i + 1);
            foreach (int value in graph.Nodes.Skip(from).Take(i + 1 - from).SelectMany(node => node.Reads.Concat(node.Writes)))
            {
                Value old = values[value];
                values[value] = old with { FirstUse = first < old.FirstUse ? first : old.FirstUse, LastUse = last > old.LastUse ? last : old.LastUse };
            }

            from = -1;
        }
    }

    private static int PartsBefore(LstmGraph graph, int node)
    {
        int part = 0;
        for (int i = 0; i < node; i++)
        {
            part += (graph.Nodes[i].BarrierBefore ? 1 : 0) + (PlaceBarriers.EndsWithBarrier(graph, i) ? 1 : 0);
        }

        return part;
    }
}
