import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { urls } from '../urls.ts';

export function NotFoundPage() {
  return (
    <>
      <Title order={1}>There is no page here</Title>
      <Text mt="sm">
        A lot’s certificate is at /lots/ and the lot’s id.{' '}
        <Anchor component={Link} href={urls.lots}>
          See the latest lots
        </Anchor>
      </Text>
    </>
  );
}
