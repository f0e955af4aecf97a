using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SdCompiler;

/// <summary>A number of a plan as a formula of the model's dimensions, such as <c>1344 + 24*Vocabulary</c>, or <c>120 + 9*Labels + 1*Labels^2</c>.</summary>
public sealed class PlanFormula
{
    /// <summary>A formula.</summary>
    /// <param name="constant">The part that no dimension changes.</param>
    /// <param name="terms">One summand for each dimension that matters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="terms"/> is null.</exception>
    public PlanFormula(long constant, params PlanTerm[] terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Constant = constant;
        Terms = (PlanTerm[])terms.Clone();
    }

    /// <summary>The part that no dimension changes.</summary>
    public long Constant { get; }

    /// <summary>One summand for each dimension that matters.</summary>
    public IReadOnlyList<PlanTerm> Terms { get; }

    /// <summary>The number for given dimensions.</summary>
    /// <param name="dimensions">The values of the model's dimensions, in the order of its constructor.</param>
    /// <exception cref="ArgumentException">A dimension of the formula has no value.</exception>
    /// <exception cref="OverflowException">The number does not fit 64 bits.</exception>
    public long Evaluate(ReadOnlySpan<int> dimensions)
    {
        long sum = Constant;
        foreach (PlanTerm term in Terms)
        {
            if (term.Dimension >= dimensions.Length)
            {
                throw new ArgumentException(
                    $"The plan needs a value for dimension '{term.Name}'; pass the model's dimensions in the order of its constructor.",
                    nameof(dimensions));
            }

            long summand = term.Factor;
            for (int i = 0; i < term.Power; i++)
            {
                summand = checked(summand * dimensions[term.Dimension]);
            }

            sum = checked(sum + summand);
        }

        return sum;
    }

    /// <summary>The formula as text, such as <c>1344 + 24*Vocabulary</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Constant.ToString(CultureInfo.InvariantCulture));
        foreach (PlanTerm term in Terms)
        {
            text.Append(term.Factor < 0 ? " - " : " + ");
            text.Append(Math.Abs(term.Factor).ToString(CultureInfo.InvariantCulture)).Append('*').Append(term.Name);
            if (term.Power != 1)
            {
                text.Append('^').Append(term.Power.ToString(CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
