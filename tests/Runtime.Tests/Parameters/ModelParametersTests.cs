using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class ModelParametersTests
{
    private const int Units = 24;
    private const int Inputs = 40;

    [Fact]
    public void ParametersAreFoundByName()
    {
        ModelParameters model = Make(1);
        Assert.Equal(["wx", "wh", "b", "table", "u", "c"], model.All.Select(p => p.Name));
        Assert.Same(model.All[1], model.Matrix("wh"));
        Assert.Same(model.All[2], model.Vector("b"));
        Assert.Same(model.All[3], model.Table("table"));
        Assert.Throws<KeyNotFoundException>(() => model.Matrix("nothing"));
        Assert.Throws<KeyNotFoundException>(() => model.Matrix("b"));
        Assert.Throws<ArgumentException>(() => new ModelParameters(1, new VectorParameter("a", 1, ColumnOrder.Plain), new VectorParameter("a", 2, ColumnOrder.Plain)));
    }

    [Fact]
    public void TheHashIsOfNamesAndShapes()
    {
        Assert.Equal(Make(1).ShapeHash, Make(2).ShapeHash);
        Assert.Equal(64, Make(1).ShapeHash.Length);
        HashSet<string> hashes =
        [
            new ModelParameters(1, new VectorParameter("a", 4, ColumnOrder.Plain)).ShapeHash,
            new ModelParameters(1, new VectorParameter("a", 5, ColumnOrder.Plain)).ShapeHash,
            new ModelParameters(1, new VectorParameter("b", 4, ColumnOrder.Plain)).ShapeHash,
            new ModelParameters(1, new TableParameter("a", 2, 2)).ShapeHash,
        ];
        Assert.Equal(4, hashes.Count);
    }

    [Fact]
    public void DefaultIsPyTorchs()
    {
        ModelParameters model = Make(1);
        float[] lstm = Values(model, "wx", ParameterRole.LstmInput, Initializer.Default);
        AssertUniform(lstm, 1 / Math.Sqrt(Units));
        AssertUniform(Values(model, "b", ParameterRole.LstmBias, Initializer.Default), 1 / Math.Sqrt(Units), loose: true);
        AssertUniform(Values(model, "u", ParameterRole.LinearWeight, Initializer.Default), 1 / Math.Sqrt(Inputs));
        AssertUniform(Values(model, "c", ParameterRole.LinearBias, Initializer.Default), 1 / Math.Sqrt(Inputs), loose: true);
        float[] normal = Values(model, "table", ParameterRole.Embedding, Initializer.Default);
        Assert.InRange(normal.Average(), -0.05, 0.05);
        Assert.InRange(normal.Average(x => x * x), 0.93, 1.07);
        Assert.InRange(normal.Average(x => Math.Pow(x, 4)), 2.6, 3.4);
    }

    [Fact]
    public void UniformTakesItsRangeBiasesIncluded()
    {
        ModelParameters model = Make(1);
        AssertUniform(Values(model, "wh", ParameterRole.LstmRecurrent, Initializer.Uniform), 0.05);
        AssertUniform(Values(model, "table", ParameterRole.Embedding, Initializer.Uniform), 0.05);
        AssertUniform(Values(model, "b", ParameterRole.LstmBias, Initializer.Uniform), 0.05, loose: true);
    }

    [Fact]
    public void GlorotCountsOneGate()
    {
        ModelParameters model = Make(1);
        AssertUniform(Values(model, "wx", ParameterRole.LstmInput, Initializer.Glorot), Math.Sqrt(6.0 / (Inputs + Units)));
        Assert.All(Values(model, "b", ParameterRole.LstmBias, Initializer.Glorot), x => Assert.Equal(0, x));
    }

    [Fact]
    public void OrthogonalIsOrthogonalForEachGate()
    {
        ModelParameters model = Make(1);
        float[] wh = Values(model, "wh", ParameterRole.LstmRecurrent, Initializer.Orthogonal);
        for (int gate = 0; gate < 4; gate++)
        {
            for (int i = 0; i < Units; i++)
            {
                for (int j = 0; j < Units; j++)
                {
                    double dot = Enumerable.Range(0, Units).Sum(k => (double)wh[(((gate * Units) + i) * Units) + k] * wh[(((gate * Units) + j) * Units) + k]);
                    Assert.Equal(i == j ? 1 : 0, dot, 1e-6);
                }
            }
        }

        AssertUniform(Values(model, "wx", ParameterRole.LstmInput, Initializer.Orthogonal), Math.Sqrt(6.0 / (Inputs + Units)));
    }

    [Fact]
    public void ScoresOfACrfHaveRangesOfTheirOwn()
    {
        ModelParameters model = new(
            1,
            new MatrixParameter("transitions", Units, Units, ColumnOrder.Plain),
            new VectorParameter("start_transitions", Units, ColumnOrder.Plain));
        float[] Draw(string name, Initializer initializer)
        {
            model.Initialize(name, ParameterRole.Transition, Units, Units, initializer, 0.05);
            float[] values = new float[model[name].Count];
            model[name].WriteTo(values);
            return values;
        }

        AssertUniform(Draw("transitions", Initializer.Default), 0.1);
        AssertUniform(Draw("start_transitions", Initializer.Default), 0.1, loose: true);
        AssertUniform(Draw("transitions", Initializer.Uniform), 0.05);
        AssertUniform(Draw("transitions", Initializer.Glorot), Math.Sqrt(3.0 / Units));
        AssertUniform(Draw("transitions", Initializer.Orthogonal), Math.Sqrt(3.0 / Units));
        Assert.All(Draw("start_transitions", Initializer.Glorot), x => Assert.Equal(0, x));
        Assert.Throws<ArgumentException>(() => model.Initialize("transitions", ParameterRole.Transition, Units + 1, Units, Initializer.Default, 0));
        Assert.Throws<ArgumentException>(() => model.Initialize("start_transitions", ParameterRole.Transition, 2, 2, Initializer.Default, 0));
    }

    [Fact]
    public void ForgetBiasTouchesTheForgetGateAlone()
    {
        ModelParameters model = Make(1);
        model.Initialize("b", ParameterRole.LstmBias, Inputs, Units, Initializer.Glorot, 0, forgetBias: 1.5);
        float[] b = new float[4 * Units];
        model.Vector("b").WriteTo(b);
        Assert.Equal(Enumerable.Range(0, 4 * Units).Select(i => i / Units == 1 ? 1.5f : 0f), b);
    }

    [Fact]
    public void SeedAndNumberDecide()
    {
        float[] first = Values(Make(1), "wx", ParameterRole.LstmInput, Initializer.Default);
        Assert.Equal(first, Values(Make(1), "wx", ParameterRole.LstmInput, Initializer.Default));
        Assert.NotEqual(first, Values(Make(2), "wx", ParameterRole.LstmInput, Initializer.Default));
        ModelParameters moved = new(1, new VectorParameter("other", 1, ColumnOrder.Plain), new MatrixParameter("wx", Inputs, 4 * Units, ColumnOrder.Gates));
        Assert.NotEqual(first, Values(moved, "wx", ParameterRole.LstmInput, Initializer.Default));
        ModelParameters plain = new(1, new MatrixParameter("wx", Inputs, 4 * Units, ColumnOrder.Plain));
        Assert.Equal(first, Values(plain, "wx", ParameterRole.LstmInput, Initializer.Default)); // the layout in memory does not
    }

    [Fact]
    public void MistakesAreNamed()
    {
        ModelParameters model = Make(1);
        Assert.Contains("'wx'", Assert.Throws<ArgumentException>(() => model.Initialize("wx", ParameterRole.LstmInput, 3, Units, Initializer.Default, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Initialize("wx", ParameterRole.LstmInput, Inputs, Units, Initializer.Uniform, double.NaN));
        Assert.Throws<ArgumentException>(() => model.Initialize("wx", ParameterRole.LstmInput, Inputs, Units, Initializer.Uniform, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Initialize("wx", ParameterRole.LstmInput, Inputs, Units, (Initializer)9, 0));
    }

    private static ModelParameters Make(long seed) => new(
        seed,
        new MatrixParameter("wx", Inputs, 4 * Units, ColumnOrder.Gates),
        new MatrixParameter("wh", Units, 4 * Units, ColumnOrder.Gates),
        new VectorParameter("b", 4 * Units, ColumnOrder.Gates),
        new TableParameter("table", 200, 50),
        new MatrixParameter("u", Inputs, 70, ColumnOrder.Plain),
        new VectorParameter("c", 70, ColumnOrder.Plain));

    private static float[] Values(ModelParameters model, string name, ParameterRole role, Initializer initializer)
    {
        bool linear = role is ParameterRole.LinearWeight or ParameterRole.LinearBias;
        model.Initialize(name, role, role == ParameterRole.LstmRecurrent ? Units : Inputs, linear ? 70 : Units, initializer, 0.05);
        float[] values = new float[model[name].Count];
        model[name].WriteTo(values);
        return values;
    }

    private static void AssertUniform(float[] values, double range, bool loose = false)
    {
        Assert.All(values, x => Assert.InRange(x, -range * 1.000001, range));
        Assert.InRange(values.Max(), range * (loose ? 0.8 : 0.97), range);
        Assert.InRange(values.Min(), -range * 1.000001, -range * (loose ? 0.8 : 0.97));
        double tolerance = (loose ? 5 : 4) * range / Math.Sqrt(3 * values.Length);
        Assert.InRange(values.Average(), -tolerance, tolerance);
    }
}
