using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace SdCompiler.Runtime.Tests.Numerics;

public sealed class LaneTurnsTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void LanesRunOneAfterTheOtherFromBarrierToBarrier(int lanes, bool lastFirst)
    {
        using WorkerTeam team = new(lanes, KernelSet.Reference, new LaneTurns(lastFirst));
        List<int> order = []; // only one lane runs at a time
        for (int round = 0; round < 3; round++)
        {
            team.Run(new DelegateWork(lane =>
            {
                order.Add(lane.Index);
                lane.Barrier();
                order.Add(lane.Index);
            }));
        }

        IEnumerable<int> once = lastFirst ? Enumerable.Range(0, lanes).Reverse() : Enumerable.Range(0, lanes);
        Assert.Equal(Enumerable.Repeat(once, 6).SelectMany(turn => turn), order);
    }

    [Fact]
    public void HalvesMeetAtTheirOwnBarriers()
    {
        using WorkerTeam team = new(4, KernelSet.Reference, new LaneTurns(lastFirst: true));
        List<int> order = [];
        team.Run(new DelegateWork(lane =>
        {
            order.Add(lane.Index);
            lane.Half.Barrier();
            order.Add(lane.Index);
            lane.Barrier();
            order.Add(lane.Index);
        }));
        Assert.Equal([3, 2, 3, 2, 1, 0, 1, 0, 3, 2, 1, 0], order);
    }

    [Fact]
    public void ALaneThatFailsLeavesNobodyBehind()
    {
        using WorkerTeam team = new(3, KernelSet.Reference, new LaneTurns(lastFirst: false));
        for (int round = 0; round < 5; round++)
        {
            int thrower = round % 3;
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => team.Run(new DelegateWork(lane =>
            {
                lane.Barrier();
                if (lane.Index == thrower)
                {
                    throw new InvalidOperationException($"lane {thrower}");
                }

                lane.Barrier();
            })));
            Assert.Equal($"lane {thrower}", thrown.Message);
        }
    }
}
