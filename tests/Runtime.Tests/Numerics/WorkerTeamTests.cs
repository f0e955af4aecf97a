using System;
using System.Threading;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void NobodyPassesABarrierEarly(int lanes)
    {
        const int Phases = 2000;
        using WorkerTeam team = new(lanes, KernelSet.Reference);
        int[] written = new int[lanes];
        int wrong = 0;
        for (int run = 0; run < 3; run++)
        {
            team.Run(new DelegateWork(lane =>
            {
                for (int phase = 1; phase <= Phases; phase++)
                {
                    written[lane.Index] = phase;
                    lane.Barrier();
                    foreach (int seen in written)
                    {
                        if (seen != phase)
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }

                    lane.Barrier();
                }
            }));
            Array.Clear(written);
        }

        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnExceptionOfAnyLaneIsRethrownAndTheTeamStaysUsable(int lanes)
    {
        using WorkerTeam team = new(lanes, KernelSet.Reference);
        for (int round = 0; round < 300; round++)
        {
            int thrower = round % lanes;
            int at = round % 5;
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => team.Run(new DelegateWork(lane =>
            {
                for (int phase = 0; phase < 5; phase++)
                {
                    if (lane.Index == thrower && phase == at)
                    {
                        throw new InvalidOperationException($"lane {lane.Index}");
                    }

                    lane.Barrier();
                }
            })));
            Assert.Equal($"lane {thrower}", thrown.Message);
            int sum = 0;
            team.Run(new DelegateWork(lane =>
            {
                lane.Barrier();
                Interlocked.Add(ref sum, lane.Index + 1);
                lane.Barrier();
            }));
            Assert.Equal(lanes * (lanes + 1) / 2, sum);
        }
    }

    [Fact]
    public void WhenEveryLaneThrowsOneExceptionComesOut()
    {
        using WorkerTeam team = new(3, KernelSet.Reference);
        for (int round = 0; round < 100; round++)
        {
            Assert.Throws<InvalidOperationException>(() => team.Run(new DelegateWork(_ => throw new InvalidOperationException())));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    [InlineData(8, 4)]
    public void EachHalfWalksAlongOneOfTwoChains(int lanes, int expected)
    {
        const int Steps = 2000;
        using WorkerTeam team = new(lanes, KernelSet.Reference);
        int[,] written = new int[2, lanes];
        int wrong = 0;
        team.Run(new DelegateWork(lane =>
        {
            Lane half = lane.Half;
            for (int chain = 0; chain < 2; chain++)
            {
                for (int step = 1; step <= Steps && lane.Takes(chain); step++)
                {
                    written[chain, half.Index] = step;
                    half.Barrier();
                    for (int other = 0; other < half.Count; other++)
                    {
                        if (written[chain, other] != step)
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }

                    half.MultiplyAdds++;
                    half.Barrier();
                }
            }

            lane.Barrier();
        }));
        Assert.Equal(0, wrong);
        Assert.Equal(2L * Steps * expected, team.MultiplyAdds);
        for (int chain = 0; chain < 2; chain++)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                Assert.Equal(lane < expected ? Steps : 0, written[chain, lane]);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void AnExceptionInOneHalfEndsTheOtherToo(int lanes)
    {
        using WorkerTeam team = new(lanes, KernelSet.Reference);
        for (int round = 0; round < 100; round++)
        {
            int thrower = round % lanes;
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => team.Run(new DelegateWork(lane =>
            {
                for (int step = 0; step < 5; step++)
                {
                    if (lane.Index == thrower && step == round % 5)
                    {
                        throw new InvalidOperationException($"lane {lane.Index}");
                    }

                    lane.Half.Barrier();
                }

                lane.Barrier();
            })));
            Assert.Equal($"lane {thrower}", thrown.Message);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void RunAllocatesNothing(int lanes)
    {
        using WorkerTeam team = new(lanes, KernelSet.Reference);
        long workerBytes = 0;
        long[] before = new long[lanes];
        DelegateWork work = new(lane =>
        {
            before[lane.Index] = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
            {
                lane.Barrier();
            }

            Interlocked.Add(ref workerBytes, GC.GetAllocatedBytesForCurrentThread() - before[lane.Index]);
        });
        for (int i = 0; i < 20; i++)
        {
            team.Run(work);
        }

        workerBytes = 0;
        long start = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            team.Run(work);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - start);
        Assert.Equal(0, workerBytes);
    }

    [Fact]
    public void WorkersSleepWhenThereIsNothingToDo()
    {
        using WorkerTeam team = new(3, KernelSet.Reference);
        team.Run(new DelegateWork(lane => lane.Barrier()));
        Assert.True(SpinWait.SpinUntil(() => team.AreWorkersAsleep, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void ASecondUserIsTurnedAway()
    {
        using WorkerTeam team = new(2, KernelSet.Reference);
        DelegateWork nothing = new(_ => { });
        Assert.Throws<InvalidOperationException>(() => team.Run(new DelegateWork(_ => team.Run(nothing))));
        team.Run(nothing);
    }

    [Fact]
    public void SharesCoverEveryItemOnce()
    {
        for (int lanes = 1; lanes <= 5; lanes++)
        {
            for (int items = 0; items <= 40; items++)
            {
                int next = 0;
                for (int index = 0; index < lanes; index++)
                {
                    Share share = new Lane(index, lanes, KernelSet.Reference, null).Share(items);
                    Assert.Equal(next, share.Start);
                    Assert.InRange(share.Count, items / lanes, (items / lanes) + 1);
                    next = share.End;
                }

                Assert.Equal(items, next);
            }
        }

        Assert.Equal(int.MaxValue, new Lane(63, 64, KernelSet.Reference, null).Share(int.MaxValue).End);
    }

    [Fact]
    public void CountsMultiplyAddsOfAllLanes()
    {
        using WorkerTeam team = new(3, KernelSet.Reference);
        team.Run(new DelegateWork(lane => lane.MultiplyAdds += 10 + lane.Index));
        Assert.Equal(33, team.MultiplyAdds);
    }

    [Fact]
    public void RefusesWhatItCannotDo()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(-1, KernelSet.Reference));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(1025, KernelSet.Reference));
        WorkerTeam team = new(0, KernelSet.Reference);
        Assert.InRange(team.Count, 1, Environment.ProcessorCount);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(new DelegateWork(_ => { })));
    }
}
