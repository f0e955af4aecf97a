using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class CudaArgumentTests
{
    [Fact]
    public void AKernelFindsItsParameterInTheFirstBytes()
    {
        Assert.Equal(8, Unsafe.SizeOf<CudaArgument>());
        Assert.Equal(-7, First<int>(-7));
        Assert.Equal(uint.MaxValue, First<uint>(uint.MaxValue));
        Assert.Equal(-1.5f, First<float>(-1.5f));
        Assert.Equal(long.MinValue + 1, First<long>(long.MinValue + 1));
        Assert.Equal(unchecked((nint)0x7f0012345678), First<nint>(unchecked((nint)0x7f0012345678)));
    }

    [Fact]
    public void TheRestIsZero()
    {
        Assert.Equal(0xFFFFFFFFL, First<long>(-1));
        Assert.Equal(0x3F800000L, First<long>(1f));
    }

    [Fact]
    public void EqualBytesAreEqual()
    {
        CudaArgument one = 1, same = 1u, other = 1f;
        Assert.True(one == same && one.Equals(same) && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode());
        Assert.True(one != other && !one.Equals(other));
        Assert.Throws<ArgumentNullException>(() => (CudaArgument)(DeviceBuffer)null!);
    }

    private static T First<T>(CudaArgument argument)
        where T : unmanaged => MemoryMarshal.Read<T>(MemoryMarshal.AsBytes(new ReadOnlySpan<CudaArgument>(in argument)));
}
