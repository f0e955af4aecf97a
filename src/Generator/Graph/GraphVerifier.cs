using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Passes;

namespace SdCompiler.Generator.Graph;

/// <summary>Checks what passes guarantee. Tests run it after each pass; a mistake here is a mistake of the compiler, never of the user.</summary>
internal static class GraphVerifier
{
    /// <summary>Everything that is wrong with a graph; what a later pass is to decide is not checked yet.</summary>
    public static IReadOnlyList<string> Verify(LstmGraph graph)
    {
        List<string> mistakes = new();
        CheckReferences(graph, mistakes);
        if (graph.Values.All(value => !value.Width.IsConstant || value.Width.Constant > 0))
        {
            CheckShapes(graph, mistakes);
        }

        CheckOrder(graph, mistakes);
        CheckPacking(graph, mistakes);
        CheckHalves(graph, mistakes);
        CheckFeedback(graph, mistakes);
        if (graph.Nodes.Any(node => node.Phase != Phase.Forward))
        {
            CheckGradients(graph, mistakes);
        }

        if (graph.Nodes.Any(node => node.BarrierBefore))
        {
            CheckBarriers(graph, mistakes);
        }

        if (graph.WorkspaceFloats >= 0)
        {
            CheckMemory(graph, mistakes);
        }

        return mistakes;
    }

    private static void CheckReferences(LstmGraph graph, List<string> mistakes)
    {
        foreach (Node node in graph.Nodes)
        {
            bool values = node.Reads.Concat(node.Writes).All(value => value >= 0 && value < graph.Values.Length);
            bool parameters = node.Parameters.All(parameter => parameter >= 0 && parameter < graph.Parameters.Length);
            if (!values || !parameters || node.Layer < 0 || node.Layer >= graph.Layers.Length || node.Site >= graph.Sites.Length)
            {
                mistakes.Add($"{node.Kind} names something that does not exist");
            }
        }

        mistakes.AddRange(graph.Values.GroupBy(value => value.Name).Where(group => group.Count() > 1).Select(group => $"two values are called {group.Key}"));
        mistakes.AddRange(graph.Parameters.GroupBy(parameter => parameter.Field).Where(group => group.Count() > 1).Select(group => $"two parameters are called {group.Key}"));
    }

    private static void CheckHalves(LstmGraph graph, List<string> mistakes)
    {
        for (int i = 1; i < graph.Nodes.Length; i++)
        {
            if (graph.Nodes[i].Half == 1 && graph.Nodes[i - 1].Half == 0)
            {
                IEnumerable<Node> first = graph.Nodes.Take(i).Reverse().TakeWhile(node => node.Half == 0);
                Node[] second = graph.Nodes.Skip(i).TakeWhile(node => node.Half == 1).ToArray();
                mistakes.AddRange(first.Where(node => second.Any(other => SplitDirections.Touch(node, other)))
                    .Select(node => $"{node.Kind} of {graph.Layers[node.Layer].Name} touches what the other half of the lanes writes or reads"));
            }
        }
    }

    private static void CheckShapes(LstmGraph graph, List<string> mistakes)
    {
        foreach (ParameterInfo parameter in graph.Parameters.Where(parameter => parameter.Rows.IsConstant && parameter.Rows.Constant < 1))
        {
            mistakes.Add($"{parameter.Name} has no rows");
        }

        foreach (Node node in graph.Nodes.Where(node => node.Site >= 0))
        {
            int units = graph.Sites[node.Site].Units;
            int expected = node.Kind switch
            {
                NodeKind.Product or NodeKind.DataGradient or NodeKind.WeightGradient or NodeKind.RecurrentProduct or NodeKind.RecurrentDataGradient
                    => node.Part?.Rows ?? graph.Parameters[node.Parameters[0]].Rows.Constant,
                NodeKind.Characters => graph.Values[node.Writes[0]].Width.Constant,
                NodeKind.RecurrentCell or NodeKind.RecurrentCellGradient => graph.Parameters[node.Parameters[0]].Rows.Constant,
                NodeKind.MaskedWeights or NodeKind.MaskedWeightsGradient => graph.Parameters[node.Parameters[0]].Rows.Constant,
                _ => graph.Values[node.Reads[0]].Width.Constant,
            };
            if (units != expected)
            {
                mistakes.Add($"{graph.Sites[node.Site].Constant} has {units} units and acts on {expected} in {node.Kind}");
            }
        }
    }

    /// <summary>
    /// Every value is written before it is read, except carried states and what goes around in a chain; a chain from the last step to the first has its start written. Gradients are
    /// set once, then added to.
    /// </summary>
    private static void CheckOrder(LstmGraph graph, List<string> mistakes)
    {
        HashSet<int> written = new(graph.States.Where(state => !graph.Layers[state.Layer].IsReverse).SelectMany(state => new[] { state.Hidden, state.Cell }));
        foreach (Node node in graph.Nodes)
        {
            if (node.Kind == NodeKind.RecurrentCell && node.Reads.Skip(1).Take(2).Any(state => !written.Contains(state)))
            {
                mistakes.Add($"the chain of {graph.Layers[node.Layer].Label} has no start");
            }

            bool chain = node.Kind is NodeKind.HiddenGradient or NodeKind.RecurrentCell || node.ReadsPrevious;
            foreach (int read in node.Reads.Where(read => !chain && !written.Contains(read)))
            {
                mistakes.Add($"{node.Kind} reads {graph.Values[read].Name} before it is written");
            }

            for (int i = 0; i < node.Writes.Length; i++)
            {
                bool gradient = node.Kind is NodeKind.DataGradient or NodeKind.MaskedCopyGradient or NodeKind.ConcatGradient or NodeKind.LastStateGradient or NodeKind.AttentionMemoryGradient;
                if (gradient && node.Accumulate(i) != written.Contains(node.Writes[i]))
                {
                    mistakes.Add($"{node.Kind} {(node.Accumulate(i) ? "adds to" : "overwrites")} {graph.Values[node.Writes[i]].Name}");
                }
            }

            written.UnionWith(node.Writes);
        }
    }

    /// <summary>What holds the kept units of a site alone is read along the list of that site and no other.</summary>
    private static void CheckPacking(LstmGraph graph, List<string> mistakes)
    {
        foreach (Node packing in graph.Nodes.Where(node => node.Kind is NodeKind.PackedInput or NodeKind.PackedState))
        {
            foreach (Node reader in graph.Nodes.Where(node => node != packing && node.Reads.Contains(packing.Writes[0]) && node.Site != packing.Site))
            {
                mistakes.Add($"{reader.Kind} reads {graph.Values[packing.Writes[0]].Name}, which is packed by another site");
            }
        }
    }

    /// <summary>
    /// The gradient of what is fed back is added to at the step before by a step that runs earlier: whoever sets it does so for the whole window, before the chain.
    /// </summary>
    private static void CheckFeedback(LstmGraph graph, List<string> mistakes)
    {
        foreach (Node feedback in graph.Nodes.Where(node => node.Kind == NodeKind.DataGradient && node.ReadsPrevious))
        {
            mistakes.AddRange(graph.Nodes.Where(node => node != feedback && node.Chain > 0 && node.Writes.Contains(feedback.Writes[0]))
                .Select(node => $"{node.Kind} sets {graph.Values[feedback.Writes[0]].Name} behind the step that has fed it back"));
        }
    }

    /// <summary>Every parameter has its gradient: from one node, and a tied matrix also from the embedding; a frozen table has none.</summary>
    private static void CheckGradients(LstmGraph graph, List<string> mistakes)
    {
        for (int i = 0; i < graph.Parameters.Length; i++)
        {
            int nodes = graph.Nodes.Count(node => node.Phase == Phase.WeightGradient && node.Kind != NodeKind.MaskedWeightsGradient && node.Parameters.Contains(i));
            int parts = graph.Nodes.Where(node => node.Phase == Phase.Forward && node.Parameters.Contains(i)).Max(node => node.Part?.Number + 1) ?? 1;
            int expected = graph.Parameters[i].IsFrozen ? 0 : parts + (graph.Parameters[i].TiedName is null ? 0 : 1);
            if (nodes != expected)
            {
                mistakes.Add($"{graph.Parameters[i].Name} gets its gradient from {nodes} nodes");
            }
        }
    }

    private static void CheckBarriers(LstmGraph graph, List<string> mistakes)
    {
        List<(Node Node, Access Access)> open = new();
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            if (node.BarrierBefore)
            {
                open.Clear();
            }

            Access[] accesses = Access.At(graph, i).ToArray();
            mistakes.AddRange(open.Where(earlier => accesses.Any(access => access.ConflictsWith(earlier.Access)))
                .Select(earlier => $"{node.Kind} may run while {earlier.Node.Kind} of another lane still does"));
            open.AddRange(Access.After(graph, node).Select(access => (node, access)));
            if (PlaceBarriers.EndsWithBarrier(graph, i))
            {
                open.Clear();
            }
        }
    }

    private static void CheckMemory(LstmGraph graph, List<string> mistakes)
    {
        Value[] placed = graph.Values.Where(value => value.Offset >= 0).ToArray();
        foreach (Value value in placed.Where(value => value.Offset % PlanWorkspace.Alignment != 0 || value.Offset + PlanWorkspace.Floats(graph, value) > graph.WorkspaceFloats))
        {
            mistakes.Add($"{value.Name} is not aligned, or ends outside the workspace");
        }

        for (int i = 0; i < placed.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool apart = placed[i].Offset + PlanWorkspace.Floats(graph, placed[i]) <= placed[j].Offset
                    || placed[j].Offset + PlanWorkspace.Floats(graph, placed[j]) <= placed[i].Offset;
                if (!apart && PlanWorkspace.Overlaps(placed[i], placed[j]))
                {
                    mistakes.Add($"{placed[i].Name} and {placed[j].Name} share memory while both are alive");
                }
            }
        }

        mistakes.AddRange(graph.Nodes.SelectMany(node => node.Reads.Concat(node.Writes)).Distinct()
            .Where(value => graph.Values[value].Width.IsConstant && graph.Values[value].Offset < 0)
            .Select(value => $"{graph.Values[value].Name} has no place"));
    }
}
