using System;
using System.Linq;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>Arguments of one attribute with their ranges checked. A value that is wrong is replaced by one that is right, so that reading goes on.</summary>
/// <param name="owner">The layer or model that messages name.</param>
/// <param name="attribute">Its attribute.</param>
/// <param name="mistakes">Takes what is wrong.</param>
internal sealed class ArgumentReader(string owner, AttributeReader attribute, MistakeList mistakes)
{
    /// <summary>A whole number in a range.</summary>
    /// <param name="argument">The argument: a property, or a constructor parameter.</param>
    /// <param name="name">Its public name, for the message.</param>
    /// <param name="otherwise">The value of an argument that is not written.</param>
    /// <param name="least">The smallest allowed value.</param>
    /// <param name="most">The largest allowed value.</param>
    public int Size(string argument, string name, int otherwise, int least, int most)
    {
        int value = attribute.Get(argument, otherwise);
        if (value >= least && value <= most)
        {
            return value;
        }

        mistakes.Add(DiagnosticDescriptors.SizeOutOfRange, attribute.LocationOf(argument), owner, name, Texts.Of(value), Texts.Of(least), Texts.Of(most));
        return least;
    }

    /// <summary>An odd number from 1 on: so that there are as many places on both sides of the middle one.</summary>
    public int OddSize(string argument, int otherwise, int most)
    {
        int value = Size(argument, argument, otherwise, 1, most);
        if (value % 2 != 0)
        {
            return value;
        }

        mistakes.Add(DiagnosticDescriptors.EvenWindow, attribute.LocationOf(argument), owner, argument, Texts.Of(value), Texts.Of(value - 1), Texts.Of(value + 1));
        return otherwise;
    }

    /// <summary>A drop probability: exact as written, because the conversion to decimal keeps 15 digits.</summary>
    public decimal Rate(string argument)
    {
        double value = attribute.Get(argument, 0.0);
        if (value >= 0 && value < 1)
        {
            return (decimal)value;
        }

        mistakes.Add(DiagnosticDescriptors.RateOutOfRange, attribute.LocationOf(argument), owner, argument, Texts.Of(value));
        return 0;
    }

    /// <summary>The rate of a site and its own pattern, from arguments such as InputDropout and InputPattern.</summary>
    public DropoutModel Dropout(string site)
    {
        int before = mistakes.Count;
        decimal rate = Rate(site + "Dropout");
        string argument = site + "Pattern";
        DropoutPattern? pattern = attribute.Has(argument) ? Enum(argument, DropoutPattern.Structured) : null;
        if (pattern is not null && rate == 0 && mistakes.Count == before)
        {
            mistakes.Add(DiagnosticDescriptors.PatternWithoutRate, attribute.LocationOf(argument), owner, argument, site + "Dropout");
        }

        return new DropoutModel(rate, pattern);
    }

    /// <summary>A member of an enum; for flags, a combination of members.</summary>
    public T Enum<T>(string argument, T otherwise)
        where T : struct, Enum
    {
        int value = attribute.Get(argument, Convert.ToInt32(otherwise, System.Globalization.CultureInfo.InvariantCulture));
        T[] members = (T[])System.Enum.GetValues(typeof(T));
        bool flags = typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false);
        int all = members.Aggregate(0, (bits, member) => bits | Convert.ToInt32(member, System.Globalization.CultureInfo.InvariantCulture));
        if (flags ? (value & ~all) == 0 : System.Enum.IsDefined(typeof(T), value))
        {
            return (T)System.Enum.ToObject(typeof(T), value);
        }

        mistakes.Add(
            DiagnosticDescriptors.EnumValue, attribute.LocationOf(argument), owner, argument, Texts.Of(value), typeof(T).Name,
            string.Join(", ", members.Select(member => member.ToString())));
        return otherwise;
    }

    /// <summary>A constant, or the name of a dimension; whether that exists is checked when all members are known.</summary>
    public SizeModel SizeOrDimension(string argument, string name, int least, int most = Limits.Tokens)
    {
        if (attribute.IsText(argument))
        {
            return SizeModel.Late(attribute.Get(argument, string.Empty));
        }

        return SizeModel.Of(Size(argument, name, 0, least, most));
    }

    /// <summary>The range of the uniform initialiser, or <paramref name="otherwise"/>.</summary>
    public double InitialRange(double otherwise)
    {
        double value = attribute.Get("InitialRange", otherwise);
        if (value > 0 && value <= float.MaxValue)
        {
            return value;
        }

        mistakes.Add(DiagnosticDescriptors.InitialRangeOutOfRange, attribute.LocationOf("InitialRange"), owner, Texts.Of(value));
        return otherwise;
    }

    /// <summary>The first value of the forget gate's bias; NaN leaves it to the initialiser.</summary>
    public double ForgetBias()
    {
        double value = attribute.Get("ForgetBias", double.NaN);
        if (double.IsNaN(value) || Math.Abs(value) <= float.MaxValue)
        {
            return value;
        }

        mistakes.Add(DiagnosticDescriptors.ForgetBiasOutOfRange, attribute.LocationOf("ForgetBias"), owner, Texts.Of(value));
        return double.NaN;
    }

    /// <summary>The factor of a penalty; 0 for none.</summary>
    public double Penalty(string argument)
    {
        double value = attribute.Get(argument, 0.0);
        if (value >= 0 && value <= float.MaxValue)
        {
            return value;
        }

        mistakes.Add(DiagnosticDescriptors.PenaltyOutOfRange, attribute.LocationOf(argument), owner, argument, Texts.Of(value));
        return 0;
    }

    /// <summary>The share of the target that all classes get.</summary>
    public double LabelSmoothing()
    {
        double value = attribute.Get("LabelSmoothing", 0.0);
        if (value >= 0 && value < 1)
        {
            return value;
        }

        mistakes.Add(DiagnosticDescriptors.LabelSmoothingOutOfRange, attribute.LocationOf("LabelSmoothing"), owner, Texts.Of(value));
        return 0;
    }

    /// <summary>The target without loss: any number, a class too, such as that of padding.</summary>
    public int IgnoreIndex() => attribute.Get("IgnoreIndex", -1);
}
