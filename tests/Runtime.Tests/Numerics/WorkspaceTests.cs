using System;
using System.ComponentModel;
using System.Linq;
using System.Reflection;
using Xunit;

namespace SdCompiler.Runtime.Tests;

public sealed class WorkspaceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public unsafe void IsAlignedAndZero(int floats)
    {
        Workspace ws = new(floats);
        Assert.Equal(floats * 4L, ws.Bytes);
        Assert.Equal(0u, (nuint)ws.At(0) % 64);
        Assert.Equal(-1, ws.Span(0, floats).IndexOfAnyExcept(0f));
    }

    [Fact]
    public void PartsStayInside()
    {
        Workspace ws = new(10);
        ws.Span(9, 1)[0] = 2;
        Assert.Equal(2, ws.Span(0, 10)[9]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ws.Span(9, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => ws.Span(-1, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workspace(-1));
        Assert.Contains("smaller batch", Assert.Throws<ArgumentOutOfRangeException>(() => new Workspace(1L << 40)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    [InlineData(int.MinValue)]
    public unsafe void AnOffsetOutsideIsRefused(int offset) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            _ = new Workspace(10).At(offset);
        });

    [Fact]
    public void WhatOnlyEmittedCodeCallsIsNotOfferedByEditors()
    {
        Type[] drivers = typeof(Workspace).Assembly.GetExportedTypes()
            .Where(type => type == typeof(Workspace) || (type.IsAbstract && type.IsSealed && type.GetMethods().Any(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Workspace)))))
            .ToArray();
        Assert.Contains(typeof(MaskedProduct), drivers);
        Assert.All(drivers, type => Assert.Equal(EditorBrowsableState.Never, type.GetCustomAttribute<EditorBrowsableAttribute>()?.State));
    }
}
