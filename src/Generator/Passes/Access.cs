using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>One use of a value or of a parameter's gradient by a node, with the rule by which lanes share it.</summary>
/// <param name="Resource">A value's number, or ~p for the gradient of parameter p.</param>
/// <param name="Writes">Whether it is written.</param>
/// <param name="Panels">The count of panels when each lane touches only its own panels of columns; 0 when lanes touch anything.</param>
internal readonly record struct Access(int Resource, bool Writes, int Panels)
{
    /// <summary>True when a barrier must lie between this use and an earlier one of another node.</summary>
    public bool ConflictsWith(Access earlier) =>
        Resource == earlier.Resource && (Writes || earlier.Writes) && (Panels == 0 || Panels != earlier.Panels);

    /// <summary>
    /// What a node touches when it begins. The first node of a chain stands for the whole chain: before its first step lanes pack what all of its cells carry in, and a barrier inside
    /// would be waited for at every step.
    /// </summary>
    public static IEnumerable<Access> At(LstmGraph graph, int index)
    {
        Node node = graph.Nodes[index];
        return StepChains.IsFirst(graph, index)
            ? graph.Nodes.Skip(index).TakeWhile(step => step.Chain == node.Chain).SelectMany(step => Of(graph, step))
            : Of(graph, node);
    }

    /// <summary>What a node touches when it begins, wherever it stands.</summary>
    public static IEnumerable<Access> Of(LstmGraph graph, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Product:
                yield return new Access(node.Reads[0], false, 0);
                yield return new Access(node.Writes[0], true, PanelsOf(graph, node.Writes[0]));
                yield break;
            case NodeKind.RecurrentCell:
                yield return new Access(node.Reads[0], true, PanelsOf(graph, node.Reads[0]));
                for (int i = 1; i < node.Reads.Length; i++)
                {
                    yield return new Access(node.Reads[i], true, 0);
                }

                yield break;
            case NodeKind.Activation when node.Chain > 0:
                yield return new Access(node.Writes[0], true, PanelsOf(graph, node.Writes[0]));
                yield return new Access(node.Writes[1], true, 0);
                yield break;
            case NodeKind.ActivationGradient when node.Chain > 0:
                yield return new Access(node.Reads[0], false, 0);
                yield return new Access(node.Reads[1], false, PanelsOf(graph, node.Reads[1]));
                yield return new Access(node.Writes[0], true, PanelsOf(graph, node.Writes[0]));
                yield break;
            case NodeKind.WeightGradient:
                yield return new Access(node.Reads[0], false, 0);
                yield return new Access(node.Reads[1], false, PanelsOf(graph, node.Reads[1]));
                break;
            default:
                foreach (int read in node.Reads)
                {
                    yield return new Access(read, false, 0);
                }

                foreach (int write in node.Writes)
                {
                    yield return new Access(write, true, 0);
                }

                break;
        }

        if (node.Phase == Phase.WeightGradient)
        {
            foreach (int parameter in node.Parameters)
            {
                yield return new Access(~parameter, true, node.Kind == NodeKind.WeightGradient ? PanelsOf(graph, node.Reads[1]) : 0);
            }
        }
    }

    /// <summary>What a node may still be touching when it ends: in a chain, lanes meet between the two halves of a cell's gradient.</summary>
    public static IEnumerable<Access> After(LstmGraph graph, Node node) => node.Kind == NodeKind.RecurrentCellGradient && node.Chain > 0
        ? [new Access(node.Reads[0], false, 0), new Access(node.Writes[1], true, 0)]
        : Of(graph, node);

    /// <summary>Panels of 32 columns; a dimension's panels are told apart from constants by a negative count.</summary>
    private static int PanelsOf(LstmGraph graph, int value) =>
        graph.Values[value].Width.IsConstant ? graph.Values[value].PaddedWidth / 32 : -1;
}
