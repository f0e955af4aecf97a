using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Emit;

/// <summary>A number that is linear in the dimensions given late: a constant plus factors of dimensions, in order of declaration.</summary>
internal sealed class Formula
{
    private readonly SortedDictionary<int, long> _factors = new();
    private readonly EquatableArray<DimensionModel> _dimensions;
    private long _constant;

    public Formula(EquatableArray<DimensionModel> dimensions) => _dimensions = dimensions;

    /// <summary>Adds count * size.</summary>
    public void Add(long count, SizeModel size)
    {
        if (size.IsConstant)
        {
            _constant = checked(_constant + (count * size.Constant));
            return;
        }

        int dimension = 0;
        while (_dimensions[dimension].Name != size.Dimension)
        {
            dimension++;
        }

        _factors.TryGetValue(dimension, out long factor);
        _factors[dimension] = checked(factor + count);
    }

    /// <summary>Adds count times another formula.</summary>
    public void Add(Formula other, long count)
    {
        _constant = checked(_constant + (count * other._constant));
        foreach (KeyValuePair<int, long> factor in other._factors)
        {
            Add(checked(count * factor.Value), SizeModel.Late(_dimensions[factor.Key].Name));
        }
    }

    /// <summary>The value when every dimension has the given one.</summary>
    public double At(double dimension) => _constant + _factors.Values.Sum(factor => factor * dimension);

    /// <summary>The dimensions that matter.</summary>
    public string DimensionNames => string.Join(" = ", _factors.Where(f => f.Value != 0).Select(f => Graph.NameTable.Plain(_dimensions[f.Key].Name)));

    public bool HasDimensions => _factors.Values.Any(factor => factor != 0);

    /// <summary>The formula as the header writes it: "1344 + 24*Vocabulary".</summary>
    public override string ToString()
    {
        string terms = string.Concat(_factors.Where(f => f.Value != 0)
            .Select(f => (f.Value < 0 ? " - " : " + ") + Text.Of(System.Math.Abs(f.Value)) + "*" + Graph.NameTable.Plain(_dimensions[f.Key].Name)));
        return Text.Of(_constant) + terms;
    }

    /// <summary>The formula as an expression that makes a runtime PlanFormula.</summary>
    public string ToSource()
    {
        IEnumerable<string> terms = _factors.Where(f => f.Value != 0).Select(f =>
            $", new global::SdCompiler.PlanTerm({Text.Of(f.Key)}, {Text.Quote(Graph.NameTable.Plain(_dimensions[f.Key].Name))}, {Text.Of(f.Value)}L)");
        return $"new global::SdCompiler.PlanFormula({Text.Of(_constant)}L{string.Concat(terms)})";
    }
}
