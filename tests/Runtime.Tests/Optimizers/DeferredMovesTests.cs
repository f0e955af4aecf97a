using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Optimizers;

/// <summary>Rows that wait end with the bits of rows that move at every step.</summary>
public sealed unsafe class DeferredMovesTests
{
    private const int Tokens = 23;

    public static TheoryData<string, int, bool> Cases()
    {
        TheoryData<string, int, bool> cases = [];
        foreach (KernelSet set in KernelSet.Available)
        {
            // 100 floats are full vectors and a rest in every set; 3 are less than a vector in most.
            cases.Add(set.Name, 100, true);
            cases.Add(set.Name, 100, false);
            cases.Add(set.Name, 3, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryBitIsThatOfMovingAtOnce(string kernels, int width, bool hasVelocity)
    {
        KernelSet set = KernelSet.ByName(kernels);
        Random random = new(5);
        TableParameter eager = Filled("Table", width, 1), lazy = Filled("Table", width, 1);
        TableParameter? eagerVelocity = hasVelocity ? Filled("Velocity", width, 2) : null, lazyVelocity = hasVelocity ? Filled("Velocity", width, 2) : null;
        TableGradient gradient = new(eager, 4);
        for (int token = 5; token < Tokens && hasVelocity; token += 2)
        {
            // Some rows have no velocity before they are met.
            new Span<float>(eagerVelocity!.Row(token), width).Clear();
            new Span<float>(lazyVelocity!.Row(token), width).Clear();
        }

        DeferredMoves moves = new(lazy, lazyVelocity);
        Lane[] lanes = Lanes(set, 3);
        for (int step = 0; step < (2 * DeferredMoves.Capacity) + 300; step++)
        {
            SgdRule rule = new(0.5f, step % 3 == 0 && step / 400 % 2 == 0 ? 0.001f : 0f, hasVelocity ? 0.9f : 0f, hasVelocity && step % 2 == 0, 0.1f / (1 + (step % 7)));
            gradient.Begin();
            for (int i = random.Next(4); i > 0; i--)
            {
                int slot = gradient.Add(i, random.Next(step % 2 == 0 ? Tokens : 5));
                Fill(new Span<float>(gradient.Row(slot), width), random);
            }

            // Whoever has a gradient was read in this step.
            Array.ForEach(lanes, lane => moves.MakeUp(lane, gradient.Tokens));
            moves.Begin(rule);
            Array.ForEach(lanes, lane => moves.Apply(lane, gradient));
            moves.End();
            for (int token = 0; token < Tokens; token++)
            {
                int slot = gradient.FindSlot(token);
                set.SgdUpdate(eager.Row(token), slot < 0 ? null : gradient.Row(slot), eagerVelocity is null ? null : eagerVelocity.Row(token), 1, width, null, 0, rule);
            }

            if (step % 500 == 499)
            {
                moves.Settle(set);
                Assert.Equal(Bits(eager), Bits(lazy));
            }
        }

        Assert.True(moves.ArePending);
        moves.Settle(set);
        Assert.False(moves.ArePending);
        Assert.Equal(Bits(eager), Bits(lazy));
        if (hasVelocity)
        {
            Assert.Equal(Bits(eagerVelocity!), Bits(lazyVelocity!));
        }
    }

    [Fact]
    public void WhoeverLooksAtTheWeightsFindsThemMoved()
    {
        LeakyModel looked = new(vocabulary: 40, width: 19), unseen = new(vocabulary: 40, width: 19);
        using LeakyTrainer first = looked.CreateTrainer(Momentum());
        using LeakyTrainer second = unseen.CreateTrainer(Momentum());
        HashSet<int> read = [];
        for (int step = 1; step <= 6; step++)
        {
            (int[] inputs, int[] targets) = looked.Data(4, 3, step);
            float[] before = looked.AllWeights();
            first.Step(inputs, targets);
            second.Step(inputs, targets);
            read.UnionWith(inputs);
            float[] after = looked.AllWeights();
            for (int token = 0; token < looked.Vocabulary; token++)
            {
                Range row = (token * looked.Width)..((token + 1) * looked.Width);
                Assert.Equal(!read.Contains(token), before[row].SequenceEqual(after[row])); // whatever was read once has a velocity
            }
        }

        Assert.Equal(looked.AllWeights(), unseen.AllWeights());
    }

    [Fact]
    public void WeightsFromAFileAreNotMovedByWhatWaited()
    {
        string path = Path.Combine(Path.GetTempPath(), $"sdcompiler-{Guid.NewGuid():n}.safetensors");
        try
        {
            LeakyModel looked = new(vocabulary: 40, width: 19), unseen = new(vocabulary: 40, width: 19);
            ModelFile.Save(path, looked.Parameters);
            float[] start = looked.AllWeights();
            using LeakyTrainer first = looked.CreateTrainer(Momentum());
            using LeakyTrainer second = unseen.CreateTrainer(Momentum());
            for (int step = 1; step <= 6; step++)
            {
                (int[] inputs, int[] targets) = looked.Data(4, 3, step);
                first.Step(inputs, targets);
                second.Step(inputs, targets);
                looked.AllWeights();
                if (step == 3)
                {
                    ModelFile.Load(path, looked.Parameters);
                    ModelFile.Load(path, unseen.Parameters);
                    Assert.Equal(start, unseen.AllWeights());
                }
            }

            Assert.Equal(looked.AllWeights(), unseen.AllWeights());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Sgd Momentum() => new() { LearningRate = 0.05, Momentum = 0.9 };

    private static TableParameter Filled(string name, int width, int seed)
    {
        TableParameter table = new(name, Tokens, width);
        Fill(new Span<float>(table.Row(0), Tokens * width), new Random(seed));
        return table;
    }

    private static void Fill(Span<float> span, Random random)
    {
        foreach (ref float value in span)
        {
            value = (random.NextSingle() * 2) - 1;
        }
    }

    private static int[] Bits(TableParameter table)
    {
        float[] values = new float[table.Count];
        table.WriteTo(values);
        return Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
    }

    private static Lane[] Lanes(KernelSet set, int count) => Enumerable.Range(0, count).Select(i => new Lane(i, count, set, null)).ToArray();
}
