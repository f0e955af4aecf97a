using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SdCompiler.Generator.Graph;

namespace SdCompiler.Generator.Passes;

/// <summary>Chains of several layers (<see cref="Node.Chain"/>): consecutive nodes that run together, step by step.</summary>
internal static class StepChains
{
    /// <summary>
    /// Puts copies of what a step of a chain gives right behind the node that gives it, as steps of the chain: their first reader may stand before that node, and read the copy at
    /// the next step. A copy that only readers behind the chain want stays there: its gradient must be set before the chain's own readers, which walk back through time, add theirs.
    /// </summary>
    public static ImmutableArray<Node> Settle(IReadOnlyCollection<Node> nodes)
    {
        HashSet<int> wanted = new(nodes.Where(node => node.Chain > 0).SelectMany(node => node.Reads));
        foreach (Node copy in nodes.Reverse().Where(node => IsCopy(node) && wanted.Contains(node.Writes[0])))
        {
            wanted.UnionWith(copy.Reads);
        }

        Dictionary<int, List<Node>> copies = nodes.Where(node => IsCopy(node) && wanted.Contains(node.Writes[0])).GroupBy(node => node.Reads[0]).ToDictionary(group => group.Key, group => group.ToList());
        HashSet<Node> moved = new();
        List<Node> settled = new();
        foreach (Node node in nodes)
        {
            Add(node);
        }

        return settled.Where(node => node.Chain > 0 || !moved.Contains(node)).ToImmutableArray();

        void Add(Node node)
        {
            settled.Add(node);
            if (node.Chain == 0 || node.Kind is not (NodeKind.HiddenState or NodeKind.Activation or NodeKind.MaskedCopy))
            {
                return;
            }

            foreach (Node copy in node.Writes.Distinct().Where(copies.ContainsKey).SelectMany(value => copies[value]).Where(copy => copy.Chain == 0 && moved.Add(copy)))
            {
                Add(copy with { Chain = node.Chain });
            }
        }
    }

    /// <summary>Whether a node is the first of a step of its chain.</summary>
    public static bool IsFirst(LstmGraph graph, int index) =>
        graph.Nodes[index].Chain > 0 && (index == 0 || graph.Nodes[index - 1].Chain != graph.Nodes[index].Chain);

    /// <summary>Whether a node is the last of a step of its chain.</summary>
    public static bool IsLast(LstmGraph graph, int index) =>
        graph.Nodes[index].Chain > 0 && (index + 1 == graph.Nodes.Length || graph.Nodes[index + 1].Chain != graph.Nodes[index].Chain);

    private static bool IsCopy(Node node) => node.Kind is NodeKind.MaskedCopy or NodeKind.PackedInput;
}
