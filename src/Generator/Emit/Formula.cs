using System.Collections.Generic;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Emit;

/// <summary>A number that dimensions given late decide: a constant plus factors of dimensions and, where a CRF scores pairs, of their squares, in order of declaration.</summary>
internal sealed class Formula
{
    /// <summary>By power and dimension: squares come after what is linear.</summary>
    private readonly SortedDictionary<(int Power, int Dimension), long> _factors = new();
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

        Add(count, 1, _dimensions.TakeWhile(dimension => dimension.Name != size.Dimension).Count());
    }

    /// <summary>Adds the product of two sizes; where both are late they are the same.</summary>
    public void AddProduct(SizeModel left, SizeModel right)
    {
        if (left.IsConstant || right.IsConstant)
        {
            Add(left.IsConstant ? left.Constant : right.Constant, left.IsConstant ? right : left);
            return;
        }

        Add(1, 2, _dimensions.TakeWhile(dimension => dimension.Name != left.Dimension).Count());
    }

    /// <summary>Adds count times another formula.</summary>
    public void Add(Formula other, long count)
    {
        _constant = checked(_constant + (count * other._constant));
        foreach (KeyValuePair<(int Power, int Dimension), long> factor in other._factors)
        {
            Add(checked(count * factor.Value), factor.Key.Power, factor.Key.Dimension);
        }
    }

    private void Add(long count, int power, int dimension)
    {
        _factors.TryGetValue((power, dimension), out long factor);
        _factors[(power, dimension)] = checked(factor + count);
    }

    /// <summary>The value when every dimension has the given one.</summary>
    public double At(double dimension) => _constant + _factors.Sum(factor => factor.Value * System.Math.Pow(dimension, factor.Key.Power));

    /// <summary>The dimensions that matter.</summary>
    public string DimensionNames => string.Join(" = ", _factors.Where(f => f.Value != 0).Select(f => Graph.NameTable.Plain(_dimensions[f.Key.Dimension].Name)).Distinct());

    public bool HasDimensions => _factors.Values.Any(factor => factor != 0);

    /// <summary>The formula as the header writes it: "1344 + 24*Vocabulary".</summary>
    public override string ToString()
    {
        string terms = string.Concat(_factors.Where(f => f.Value != 0)
            .Select(f => (f.Value < 0 ? " - " : " + ") + Text.Of(System.Math.Abs(f.Value)) + "*" + Graph.NameTable.Plain(_dimensions[f.Key.Dimension].Name) + (f.Key.Power == 1 ? string.Empty : "^" + Text.Of(f.Key.Power))));
        return Text.Of(_constant) + terms;
    }

    /// <summary>The formula as an expression that makes a runtime PlanFormula.</summary>
    public string ToSource()
    {
        IEnumerable<string> terms = _factors.Where(f => f.Value != 0).Select(f =>
            $", new global::SdCompiler.PlanTerm({Text.Of(f.Key.Dimension)}, {Text.Quote(Graph.NameTable.Plain(_dimensions[f.Key.Dimension].Name))}, {Text.Of(f.Value)}L{(f.Key.Power == 1 ? string.Empty : ", " + Text.Of(f.Key.Power))})");
        return $"new global::SdCompiler.PlanFormula({Text.Of(_constant)}L{string.Concat(terms)})";
    }
}
